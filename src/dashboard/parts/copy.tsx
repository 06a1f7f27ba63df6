import { ActionIcon, Box, Button, Group, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Check, Copy, Eye, EyeOff } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';

/** Milliseconds for which a button says that it copied. */
const SAID_MS = 1_500;

/** Copies a text; the clipboard's own interface is absent where the page comes over HTTP from another machine. */
async function copyText(text: string): Promise<void> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  document.body.append(field);
  field.select();
  // outdated, and all that there is
  const isCopied = document.execCommand('copy');
  field.remove();
  if (!isCopied) throw new Error('The browser does not let the page copy.');
  return undefined;
}

/** Whether a value was copied just now, and what copies it. */
function useCopy(value: string) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const copy = () => {
    void copyText(value).then(
      () => {
        setCopied(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setCopied(false), SAID_MS);
      },
      (fault: unknown) => notifications.show({ color: 'red', title: 'Not copied', message: String(fault) }),
    );
  };
  return { copied, copy };
}

/** A small button that copies; it says that it did. */
export function CopyIcon({ value, label }: { readonly value: string; readonly label: string }) {
  const { copied, copy } = useCopy(value);
  return (
    <Tooltip label={copied ? 'Copied' : 'Copy'}>
      <ActionIcon
        variant="subtle"
        color={copied ? 'teal' : 'gray'}
        onClick={copy}
        aria-label={copied ? `${label} copied` : `Copy ${label}`}
      >
        {copied ? <Check size={16} /> : <Copy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** A line of a card: what it is, its value in the letters of a terminal, and a button that copies it. */
export function CardLine(props: {
  readonly label: string;
  readonly value: string;
  /** Hidden until it is asked for. */
  readonly isSecret?: boolean;
  readonly note?: ReactNode;
}) {
  const [isShown, setShown] = useState(props.isSecret !== true);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Group wrap="nowrap" gap="xs" align="flex-start" py={6}>
      <Text c="dimmed" size="sm" w={104} flex="none" pt={3}>
        {props.label}
      </Text>
      <Box flex={1} miw={0} pt={2}>
        <Text ff="monospace" size="sm" className="wrap-anywhere" data-card={props.label}>
          {isShown ? props.value : '•'.repeat(12)}
        </Text>
        {props.note !== undefined && (
          <Text size="xs" c="dimmed">
            {props.note}
          </Text>
        )}
      </Box>
      <Group gap={0} wrap="nowrap">
        {props.isSecret === true && (
          <Tooltip label={isShown ? 'Hide' : 'Show'}>
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={() => setShown(!isShown)}
              aria-label={`${isShown ? 'Hide' : 'Show'} ${props.label.toLowerCase()}`}
            >
              <Icon size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        <CopyIcon value={props.value} label={props.label.toLowerCase()} />
      </Group>
    </Group>
  );
}

/** Code to copy as a whole, under a line that says what it is. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  const { copied, copy } = useCopy(code);
  return (
    <Box className="code-frame">
      <Group justify="space-between" wrap="nowrap" gap="xs" pl="md" pr={6} pt={6}>
        <Text size="xs" fw={600} c="dimmed">
          {label}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          color={copied ? 'teal' : 'gray'}
          onClick={copy}
          leftSection={copied ? <Check size={14} /> : <Copy size={14} />}
          aria-label={copied ? `${label} copied` : `Copy ${label}`}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </Group>
      {/* a block that scrolls must be reachable by keyboard */}
      <pre className="code-block" tabIndex={0} role="region" aria-label={label}>
        {code}
      </pre>
    </Box>
  );
}
