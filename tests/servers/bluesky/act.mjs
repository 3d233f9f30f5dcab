// What people do on the network, one call a process: `act.mjs VERB ARGUMENTS` with what DIR/env says in the
// environment. Prints one line of JSON. Sessions are kept, so that acting uses up no logins. People are synthetic: the account `anna-1` is `seed-anna-1.test` (a handle is a
// domain name, so it cannot hold the underscore of the seeds' names) and its password follows from its name.
import { createHmac } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const { PDS_URL, PDS_ADMIN_PASSWORD, PDS_JWT_SECRET, SESSIONS } = process.env
const POST = 'app.bsky.feed.post'

const call = async (method, body, authorization) => {
  const answer = await fetch(`${PDS_URL}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: body && JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${text}`)
  return text && JSON.parse(text)
}

const person = (name) => ({ handle: `seed-${name}.test`, password: `password-of-${name}` })

const keep = (name, { did, accessJwt }) => {
  const kept = { did, authorization: `Bearer ${accessJwt}` }
  writeFileSync(`${SESSIONS}/${name}`, JSON.stringify(kept))
  return kept
}

const session = async (name) => {
  if (existsSync(`${SESSIONS}/${name}`)) return JSON.parse(readFileSync(`${SESSIONS}/${name}`))
  const { handle, password } = person(name)
  return keep(name, await call('com.atproto.server.createSession', { identifier: handle, password }))
}

const admin = () => `Basic ${Buffer.from(`admin:${PDS_ADMIN_PASSWORD}`).toString('base64')}`

// Facet positions are UTF-8 bytes, not characters.
const facets = (text) =>
  [...text.matchAll(/#([\p{L}\p{N}_-]+)/gu)].map(({ 0: whole, 1: tag, index }) => {
    const byteStart = Buffer.byteLength(text.slice(0, index))
    return {
      index: { byteStart, byteEnd: byteStart + Buffer.byteLength(whole) },
      features: [{ $type: 'app.bsky.richtext.facet#tag', tag }],
    }
  })

const record = (text, options) => ({
  $type: POST,
  text,
  createdAt: options.created ?? new Date().toISOString(),
  ...(options.lang && { langs: options.lang }),
  ...(options.tag && { tags: options.tag }),
  ...(text.includes('#') && { facets: facets(text) }),
  ...(options.reply && { reply: JSON.parse(options.reply) }),
  ...(options.quote && { embed: { $type: 'app.bsky.embed.record', record: JSON.parse(options.quote) } }),
})

const key = (uri) => ({ collection: POST, rkey: uri.split('/').at(-1) })

const verbs = {
  account: async ([name]) => {
    const { handle, password } = person(name)
    const created = await call('com.atproto.server.createAccount', { email: `seed_${name}@example.org`, handle, password })
    const { did } = keep(name, created)
    return { did, handle, password }
  },
  // post NAME TEXT: hashtags in TEXT become facets. --reply takes {"root":REF,"parent":REF}, --quote takes REF = {"uri","cid"}.
  post: async ([name, text], options) => {
    const { did, authorization } = await session(name)
    const { uri, cid } = await call('com.atproto.repo.createRecord', { repo: did, collection: POST, record: record(text, options) }, authorization)
    return { uri, cid }
  },
  // posts NAME COUNT TEXT: COUNT posts, a second apart in createdAt and numbered, for paging.
  posts: async ([name, count, text], options) => {
    const { did, authorization } = await session(name)
    const now = Date.now()
    const writes = Array.from({ length: Number(count) }, (_, i) => ({
      $type: 'com.atproto.repo.applyWrites#create',
      collection: POST,
      value: record(`${text} ${i + 1}`, { ...options, created: new Date(now - (Number(count) - i) * 1000).toISOString() }),
    }))
    const uris = []
    for (let at = 0; at < writes.length; at += 100) {
      const { results } = await call('com.atproto.repo.applyWrites', { repo: did, writes: writes.slice(at, at + 100) }, authorization)
      uris.push(...results.map((result) => result.uri))
    }
    return { uris }
  },
  edit: async ([name, uri, text], options) => {
    const { did, authorization } = await session(name)
    const { cid } = await call('com.atproto.repo.putRecord', { repo: did, ...key(uri), record: record(text, options) }, authorization)
    return { uri, cid }
  },
  delete: async ([name, uri]) => {
    const { did, authorization } = await session(name)
    await call('com.atproto.repo.deleteRecord', { repo: did, ...key(uri) }, authorization)
    return { uri }
  },
  // profile NAME TEXT: --hide sets the author's own label `!no-unauthenticated`.
  profile: async ([name, text], { hide }) => {
    const { did, authorization } = await session(name)
    const labels = hide && { labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: '!no-unauthenticated' }] } }
    const profile = { $type: 'app.bsky.actor.profile', displayName: text, ...labels }
    return call('com.atproto.repo.putRecord', { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self', record: profile }, authorization)
  },
  // An access token of that person that ran out a minute ago: the PDS answers 400 `ExpiredToken`.
  expired: async ([name]) => {
    const { did } = await session(name)
    const now = Math.floor(Date.now() / 1000)
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { scope: 'com.atproto.access', aud: 'did:web:localhost', sub: did, iat: now - 7260, exp: now - 60 }
    const unsigned = `${part({ typ: 'at+jwt', alg: 'HS256' })}.${part(claims)}`
    return { accessJwt: `${unsigned}.${createHmac('sha256', PDS_JWT_SECRET).update(unsigned).digest('base64url')}` }
  },
  deactivate: async ([name]) => {
    const { did, authorization } = await session(name)
    await call('com.atproto.server.deactivateAccount', {}, authorization)
    return { did }
  },
  activate: async ([name]) => {
    const { did, authorization } = await session(name)
    await call('com.atproto.server.activateAccount', undefined, authorization)
    return { did }
  },
  // takedown DID and erase DID are the operator's: the account is taken down (or back up with --undo), or deleted for good.
  takedown: async ([did], { undo }) => {
    const subject = { $type: 'com.atproto.admin.defs#repoRef', did }
    await call('com.atproto.admin.updateSubjectStatus', { subject, takedown: { applied: !undo } }, admin())
    return { did }
  },
  erase: async ([did]) => {
    await call('com.atproto.admin.deleteAccount', { did }, admin())
    return { did }
  },
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: 'string', multiple: true },
    tag: { type: 'string', multiple: true },
    created: { type: 'string' },
    reply: { type: 'string' },
    quote: { type: 'string' },
    hide: { type: 'boolean' },
    undo: { type: 'boolean' },
  },
})
const [verb, ...rest] = positionals
if (!verbs[verb]) throw new Error(`unknown verb \`${verb}\`, known: ${Object.keys(verbs).join(' ')}`)
console.log(JSON.stringify(await verbs[verb](rest, values)))
