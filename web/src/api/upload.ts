/** Sends files as a form, with progress: `fetch` cannot report how much has left the machine. */
import { Refused, refusal, requestHeaders } from './client'
import type { Import } from './types'

/** `onProgress` hears the share sent so far, 0 to 1. */
export const uploadFiles = (files: File[], onProgress: (share: number) => void): Promise<Import[]> =>
  new Promise((resolve, reject) => {
    const form = new FormData()
    for (const file of files) form.append('file', file, file.name)
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/imports')
    for (const [name, value] of Object.entries(requestHeaders('POST'))) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => {
      if (request.status < 300) resolve((request.response as { imports: Import[] }).imports)
      else reject(refusal(new Response(null, { status: request.status }), request.response))
    }
    request.onerror = () => reject(new Refused(0, 'unreachable', '', null, [], null))
    request.send(form)
  })
