import { Group, Text } from '@mantine/core';
import icon from '../icon.svg';
import { Link } from '../parts/links.tsx';

/** The name, which leads to the start. */
export function Logo() {
  return (
    <Link to="/" underline="never" c="inherit" aria-label="SMTP Gauntlet, to the start">
      <Group gap="xs" wrap="nowrap">
        <img src={icon} width={28} height={28} alt="" />
        <Text fw={700} visibleFrom="xs" style={{ whiteSpace: 'nowrap' }}>
          SMTP Gauntlet
        </Text>
      </Group>
    </Link>
  );
}
