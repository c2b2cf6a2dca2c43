/** Single-letter keys can be switched off: they get in the way of speech input and some assistive tools. */
import { useLocalStorage } from '@mantine/hooks'

export const useKeysEnabled = () =>
  useLocalStorage({ key: 'kizashi.keys', defaultValue: true, getInitialValueInEffect: false })
