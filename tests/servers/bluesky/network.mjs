// A real PDS with its directory (PLC), or the whole network with AppView, until SIGTERM. Ports come in PORT_*; the file
// named by READY appears when all of it answers. `hostname` keeps the handles' domain `.test` and the URLs on localhost.
import { writeFileSync } from 'node:fs'
import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env'

const { READY, VARIANT, RATE_LIMITS } = process.env
const port = (name) => Number(process.env[`PORT_${name}`])

const plc = { port: port('PLC') }
const pds = { port: port('PDS'), hostname: 'localhost', rateLimitsEnabled: RATE_LIMITS === 'on' }

const whole = () =>
  TestNetwork.create({
    plc,
    pds: { ...pds, enableDidDocWithSession: true },
    bsky: { port: port('APPVIEW'), publicUrl: `http://localhost:${port('APPVIEW')}`, dbPostgresSchema: 'bsky' },
    ozone: { port: port('OZONE'), chatUrl: 'http://localhost:9', chatDid: 'did:example:chat' },
  })

const network = VARIANT === 'network' ? await whole() : await TestNetworkNoAppView.create({ plc, pds })
process.on('SIGTERM', async () => {
  await network.close().catch(() => {})
  process.exit(0)
})
writeFileSync(READY, 'ready\n')
