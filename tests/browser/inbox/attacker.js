// What a page of another origin tries while its visitor is signed in at `server`.
// Returns what it could read, open or load; an answer nobody sees is looked for by the test.
async ({ server, project, ticket }) => {
  const got = []
  const api = `${server}/api/projects/${project}/conversations`
  const one = `${api}/tickets/${ticket}/`
  const reading = [
    `${api}/tickets/`, one, `${api}/tickets/unread_count/`, `${server}/api/users/@me`,
    `${server}/api/projects/${project}/`, `${server}/projects/${project}/tickets`,
    `${server}/metrics`, `${server}/readyz`,
  ]
  const json = JSON.stringify({ status: "resolved", message: "planted" })
  const bodies = [
    json,
    new Blob([json], { type: "text/plain" }),
    new Blob([json], { type: "application/json" }),
    new URLSearchParams({ status: "resolved", message: "planted" }),
    Object.entries({ status: "resolved" }).reduce((form, [name, value]) => {
      form.append(name, value)
      return form
    }, new FormData()),
  ]
  const writing = [
    ["PATCH", one], ["DELETE", one], ["POST", `${api}/tickets/`], ["POST", `${one}reply/`],
    ["POST", `${server}/api/logout/`], ["POST", `${server}/api/personal_api_keys/`],
    ["PATCH", `${server}/api/users/@me/`], ["POST", one],
  ]
  const fetched = async (address, options) => {
    try {
      const answer = await fetch(address, { credentials: "include", ...options })
      if (answer.type !== "opaque" && answer.type !== "opaqueredirect")
        got.push(`${options.method} ${address}: ${answer.status}`)
      await answer.text()
    } catch {
      // As it should be.
    }
  }
  for (const mode of ["cors", "no-cors"]) {
    await Promise.all(reading.map((address) => fetched(address, { method: "GET", mode })))
    for (const body of bodies)
      await Promise.all(writing.map(([method, address]) => fetched(address, { method, mode, body })))
  }
  await fetched(one, { method: "POST", headers: { "X-HTTP-Method-Override": "DELETE" } })
  for (const body of bodies) for (const [, address] of writing) navigator.sendBeacon(address, body)

  const within = (ms, start) =>
    Promise.race([new Promise(start), new Promise((done) => setTimeout(done, ms))])
  const added = (kind, properties, loaded) =>
    within(3000, (done) => {
      const element = Object.assign(document.createElement(kind), properties)
      element.onload = () => (loaded && got.push(`${kind} ${JSON.stringify(properties)}`), done())
      element.onerror = done
      document.body.append(element)
    })

  for (const [, address] of writing)
    for (const enctype of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
      await within(3000, (done) => {
        const frame = Object.assign(document.createElement("iframe"), { name: `f${Math.random()}` })
        document.body.append(frame)
        const form = document.createElement("form")
        Object.assign(form, { method: "post", action: address, enctype, target: frame.name })
        const field = document.createElement("input")
        const isText = enctype === "text/plain"
        field.name = isText ? '{"status": "resolved", "x": "' : "status"
        field.value = isText ? '"}' : "resolved"
        form.append(field)
        document.body.append(form)
        frame.onload = done
        form.submit()
      })

  await Promise.all([
    ...reading.map((src) => added("script", { src }, false)),
    ...reading.map((src) => added("img", { src }, true)),
    ...reading.map((href) => added("link", { rel: "prefetch", href }, false)),
    ...reading.map((href) => added("link", { rel: "stylesheet", href }, true)),
    added("iframe", { src: `${server}/projects/${project}/tickets`, id: "inbox" }, false),
    added("object", { data: one }, true),
  ])
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentDocument?.body?.textContent) got.push(`frame ${frame.src}`)

  for (const address of [`${server}/api/projects/${project}/events/stream/`, one])
    await within(1500, (done) => {
      const stream = new EventSource(address, { withCredentials: true })
      stream.onopen = stream.onmessage = () => (got.push(`stream ${address}`), done())
      stream.onerror = () => (stream.close(), done())
    })
  for (const path of ["/", "/api/projects/@current/", "/ws", "/events"])
    await within(1500, (done) => {
      const socket = new WebSocket(server.replace("http", "ws") + path)
      socket.onopen = () => (got.push(`socket ${path}`), done())
      socket.onerror = done
    })
  for (const address of [`${server}/static/array.js`, `${server}/projects/1/tickets`])
    await navigator.serviceWorker?.register(address).then(
      () => got.push(`service worker ${address}`),
      () => undefined,
    )

  const inbox = window.open(`${server}/projects/${project}/tickets`)
  await new Promise((done) => setTimeout(done, 2000))
  for (const message of [json, { type: "sign-out" }, { data: "close" }, null])
    inbox?.postMessage(message, "*")
  for (const look of [
    (other) => other.document.body.textContent,
    (other) => other.location.href,
    (other) => other.localStorage.length,
  ])
    try {
      got.push(`window ${look(inbox)}`)
    } catch {
      // As it should be.
    }
  return got
}
