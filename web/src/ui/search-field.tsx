/** A field that searches while one types, but never while kana are being composed. */
import { CloseButton, Kbd, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useShortcuts } from './shortcuts'

type SearchFieldProps = {
  value: string
  label: string
  clearLabel: string
  onSearch: (text: string) => void
  width?: number
  /** Milliseconds of rest before the search starts. */
  rest?: number
}

export const SearchField = ({ value, label, clearLabel, onSearch, width = 260, rest = 160 }: SearchFieldProps) => {
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const sent = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    // The address may change by itself (back, a link); what the field itself sent is already in it.
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  useShortcuts({ '/': () => field.current?.focus() })

  const search = (next: string, wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      sent.current = next
      onSearch(next)
    }, wait)
  }
  const type = (next: string) => {
    setText(next)
    if (!composing.current) search(next, rest)
  }

  return (
    <TextInput
      ref={field}
      type="search"
      value={text}
      placeholder={label}
      aria-label={label}
      w={width}
      leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
      rightSection={
        text ? (
          <CloseButton
            size="xs"
            aria-label={clearLabel}
            onClick={() => {
              setText('')
              search('', 0)
              field.current?.focus()
            }}
          />
        ) : (
          <Kbd size="xs" aria-hidden>
            /
          </Kbd>
        )
      }
      onChange={(event) => type(event.currentTarget.value)}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        search(event.currentTarget.value, rest)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !composing.current) field.current?.blur()
      }}
    />
  )
}
