import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

/** Milliseconds without a keystroke after which the search begins. */
const QUIET_MS = 250;

/** A field for search words. It calls `onFind` with the trimmed words when the user stops typing. */
export function SearchField(props: {
  readonly placeholder: string;
  /** The words in the address bar; the field follows them, for example when the filters are cleared. */
  readonly words: string;
  readonly onFind: (words: string) => void;
}) {
  const { placeholder, words, onFind } = props;
  const [typed, setTyped] = useState(words);
  const sent = useRef(words);
  useEffect(() => {
    // the words that this field sent itself come back while the user may type on
    if (words === sent.current) return;
    sent.current = words;
    setTyped(words);
  }, [words]);
  const find = useDebouncedCallback((text: string) => {
    sent.current = text;
    onFind(text);
  }, QUIET_MS);
  return (
    <TextInput
      label="Search"
      placeholder={placeholder}
      leftSection={<Search size={16} aria-hidden />}
      value={typed}
      maxLength={200}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        find(event.currentTarget.value.trim());
      }}
      flex="1 1 16rem"
    />
  );
}
