/** The look of the component library, in our roles. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** 藍, the colour of what can be pressed. */
const ai: MantineColorsTuple = [
  '#eef2fb',
  '#dbe3f5',
  '#b6c5ea',
  '#8ea5de',
  '#6a87d2',
  '#4d6cc0',
  '#3a57a8',
  '#2b4690',
  '#23407a',
  '#1b3262',
]

/** The library takes the edges of its fields from these two: 3:1 against what they lie on. */
const gray: MantineColorsTuple = [
  '#f8f8f6',
  '#f0f0ec',
  '#e3e2dc',
  '#d3d2cb',
  '#94978f',
  '#7d817b',
  '#5f6873',
  '#555c64',
  '#3a4047',
  '#1b1f24',
]
const dark: MantineColorsTuple = [
  '#e5e8eb',
  '#c4cbd2',
  '#a1aab3',
  '#7b8590',
  '#666f79',
  '#2b3037',
  '#1f2328',
  '#191c20',
  '#14171a',
  '#111316',
]

export const theme = createTheme({
  primaryColor: 'ai',
  primaryShade: { light: 7, dark: 5 },
  colors: { ai, gray, dark },
  fontFamily:
    "'Hiragino Sans','Hiragino Kaku Gothic ProN','BIZ UDPGothic','Yu Gothic UI','Noto Sans CJK JP','Noto Sans JP',Meiryo,system-ui,sans-serif",
  fontFamilyMonospace: "ui-monospace,'SFMono-Regular',Menlo,Consolas,'Noto Sans Mono CJK JP',monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.5' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontWeights: { regular: '400', medium: '500', bold: '650' },
  headings: { fontWeight: '650' },
  components: {
    Button: {
      defaultProps: { size: 'xs' },
      styles: (_: unknown, { size }: { size?: unknown }) =>
        size === 'xs' ? { root: { fontSize: 13, paddingInline: 12, height: 32 } } : {},
    },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 28, color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', allowDeselect: false, comboboxProps: { shadow: 'md' } } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 360 } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.3 } } },
  },
})

/** Points the library's own variables at our roles, so that no component keeps a shade of its own. */
export const variables: CSSVariablesResolver = () => {
  const roles = {
    '--mantine-color-body': 'var(--kz-surface)',
    '--mantine-color-text': 'var(--kz-text)',
    '--mantine-color-dimmed': 'var(--kz-dim)',
    '--mantine-color-placeholder': 'var(--kz-dim)',
    '--mantine-color-anchor': 'var(--kz-brand)',
    '--mantine-color-error': 'var(--kz-negative)',
    '--mantine-color-default': 'var(--kz-surface)',
    '--mantine-color-default-hover': 'var(--kz-hover)',
    '--mantine-color-default-color': 'var(--kz-text)',
    '--mantine-color-default-border': 'var(--kz-control-line)',
    '--mantine-color-disabled': 'var(--kz-sunken)',
    '--mantine-color-disabled-color': 'var(--kz-dim)',
    '--mantine-color-ai-light': 'var(--kz-brand-soft)',
    '--mantine-color-ai-light-hover': 'var(--kz-brand-soft)',
    '--mantine-color-ai-light-color': 'var(--kz-brand)',
    '--mantine-color-ai-text': 'var(--kz-brand)',
    '--mantine-color-ai-outline': 'var(--kz-brand)',
    '--mantine-color-gray-text': 'var(--kz-dim)',
    '--mantine-color-gray-light-color': 'var(--kz-dim)',
    '--mantine-color-gray-light-hover': 'var(--kz-hover)',
    '--mantine-color-gray-light': 'var(--kz-sunken)',
    '--mantine-color-red-light-color': 'var(--kz-negative)',
    '--mantine-color-red-text': 'var(--kz-negative)',
    '--mantine-color-red-light': 'var(--kz-churn-soft)',
    '--mantine-color-red-light-hover': 'var(--kz-churn-soft)',
  }
  return { variables: {}, light: roles, dark: roles }
}
