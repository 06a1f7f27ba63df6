import { Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import {
  Cable,
  ChartColumn,
  FileText,
  Globe,
  History,
  House,
  Inbox,
  PlugZap,
  Scale,
  SlidersHorizontal,
  Wallet,
  type LucideIcon,
} from 'lucide-react';
import { LinkNav } from '../parts/links.tsx';

const route = getRouteApi('/accounts/$account');

const groups = [
  {
    label: undefined,
    places: [{ to: '/accounts/$account', label: 'Start', icon: House, isExact: true }],
  },
  {
    label: 'API and SMTP',
    places: [
      { to: '/accounts/$account/connections', label: 'SMTP', icon: PlugZap, isExact: false },
      { to: '/accounts/$account/domains', label: 'Domains and senders', icon: Globe, isExact: false },
      { to: '/accounts/$account/statistics', label: 'Statistics', icon: ChartColumn, isExact: false },
      { to: '/accounts/$account/history', label: 'Send history', icon: History, isExact: false },
      { to: '/accounts/$account/pricing', label: 'Pricing', icon: Wallet, isExact: false },
    ],
  },
  {
    label: 'Test bench',
    places: [
      { to: '/accounts/$account/sessions', label: 'Sessions', icon: Cable, isExact: false },
      { to: '/accounts/$account/inbox', label: 'Inbox', icon: Inbox, isExact: false },
      { to: '/accounts/$account/sandbox', label: 'Sandbox', icon: SlidersHorizontal, isExact: false },
      { to: '/accounts/$account/runs', label: 'Runs', icon: FileText, isExact: false },
      { to: '/accounts/$account/rules', label: 'Rules', icon: Scale, isExact: false },
    ],
  },
] as const;

/** The pages by group. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { account } = route.useParams();
  return (
    <Stack gap="md">
      {groups.map(({ label, places }) => (
        <Stack gap={2} key={places[0].to}>
          {label !== undefined && (
            <Text size="xs" fw={600} c="dimmed" px="sm" py={4}>
              {label}
            </Text>
          )}
          {places.map(({ to, label: name, icon, isExact }) => {
            const Icon: LucideIcon = icon;
            return (
              <LinkNav
                key={to}
                to={to}
                params={{ account }}
                label={name}
                activeOptions={{ exact: isExact, includeSearch: false }}
                activeProps={{ active: true }}
                leftSection={<Icon size={18} aria-hidden />}
                onClick={onNavigate}
                style={{ borderRadius: 'var(--mantine-radius-md)' }}
              />
            );
          })}
        </Stack>
      ))}
    </Stack>
  );
}
