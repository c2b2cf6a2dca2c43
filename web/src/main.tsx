/** Starts the app: language, look, cache, pages. */
import '@/ui/library.css'
import '@/ui/tokens.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { speak } from '@/api/client'
import { newQueryClient, sessionQuery } from '@/api/query'
import { newRouter } from '@/app/router'
import { SessionProvider } from '@/features/session'
import { firstLanguage, startLanguage } from '@/i18n'
import { theme, variables } from '@/ui/theme'

const start = async () => {
  const language = firstLanguage()
  speak(language)
  await startLanguage(language)
  const queries = newQueryClient(() => {
    // The session is asked about anew, and leads to the sign-in.
    void queries.resetQueries({ queryKey: sessionQuery.queryKey }).then(() => router.invalidate())
  })
  const router = newRouter(queries)
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no place for the app: `#root` is missing in index.html')
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-left" limit={4} />
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

void start()
