import { Stack, Text } from '@mantine/core';
import { getRouteApi, useMatchRoute } from '@tanstack/react-router';
import { House, type LucideIcon } from 'lucide-react';
import { LinkNav } from '../parts/links.tsx';

const route = getRouteApi('/accounts/$account');

const groups = [
  {
    label: undefined,
    places: [{ to: '/accounts/$account', label: 'Start', icon: House, isExact: true }],
  },
] as const;

/** The pages by group. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { account } = route.useParams();
  const matchRoute = useMatchRoute();
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
            const isActive = matchRoute({ to, params: { account }, fuzzy: !isExact }) !== false;
            return (
              <LinkNav
                key={to}
                to={to}
                params={{ account }}
                label={name}
                active={isActive}
                aria-current={isActive ? 'page' : undefined}
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
