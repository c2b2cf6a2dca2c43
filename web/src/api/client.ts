/** The one way to the server: adds the language and the cross-site guard, and turns a refusal into an error with its sentence. */
import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './schema'
import type { Fault, Full, Language, Problem } from './types'

/** The server said no, or could not be reached (`status` 0). `requestId` finds the request in the server's log. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
    readonly faults: Fault[],
    readonly body: unknown,
  ) {
    super(message)
    this.name = 'Refused'
  }
}

let language: Language = 'ja'

/** Sentences of later answers come in this language. */
export const speak = (chosen: Language) => {
  language = chosen
}

export const requestHeaders = (method: string): Record<string, string> =>
  method === 'GET' ? { 'Accept-Language': language } : { 'Accept-Language': language, 'X-Kizashi': '1' }

const greet: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(requestHeaders(request.method))) request.headers.set(name, value)
    return request
  },
}

export const client = createClient<paths>({ baseUrl: '/', fetch: (request) => globalThis.fetch(request) })
client.use(greet)

type Reply<T> = { data?: T; error?: unknown; response: Response }

/** Waits for the answer and returns its body; throws `Refused` otherwise. */
export const answer = async <T>(asked: Promise<Reply<T>>): Promise<Full<T>> => {
  let reply: Reply<T>
  try {
    reply = await asked
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new Refused(0, 'unreachable', '', null, [], null)
  }
  if (reply.response.ok) return reply.data as Full<T>
  throw refusal(reply.response, reply.error)
}

export const refusal = (response: Response, body: unknown): Refused => {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>
  return new Refused(
    response.status,
    problem.code ?? String(response.status),
    problem.message ?? response.statusText,
    problem.request_id ?? response.headers.get('x-request-id'),
    problem.faults ?? [],
    body,
  )
}

export const isRefused = (error: unknown, ...statuses: number[]): error is Refused =>
  error instanceof Refused && (statuses.length === 0 || statuses.includes(error.status))
