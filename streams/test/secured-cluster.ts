import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type LocalCluster, startLocalCluster } from './local-cluster.ts';

const run = promisify(execFile);

/** A broker with access control, and a listener that wants TLS and a login beside the plain one of the tests. */
export interface SecuredCluster {
  readonly cluster: LocalCluster;
  /** Addresses of the listener with TLS and SASL. */
  readonly servers: readonly string[];
  /** Addresses of a listener with a login but without TLS. */
  readonly saslServers: readonly string[];
  /** The certificate of who signed the broker's. */
  readonly ca: string;
  stop(): Promise<void>;
}

/** Who may log in: by SCRAM, and by PLAIN. */
export interface Logins {
  readonly scram: Readonly<Record<string, string>>;
  readonly plain: Readonly<Record<string, string>>;
}

/** Sessions end after this long, so that a test that runs longer logs in again. KafkaJS does so 10 s before. */
export const SESSION_MS = 12_000;

/** Starts it. On the plain listener everything is allowed; on the others what the ACLs say. */
export async function startSecuredCluster(logins: Logins): Promise<SecuredCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'millstream-secured-'));
  try {
    const { ca, keystore } = await makeCertificates(folder);
    const cluster = await startLocalCluster(brokerProperties(keystore, logins), {
      furtherListeners: { SECURED: 'SASL_SSL', LOGIN: 'SASL_PLAINTEXT' },
      scramUsers: logins.scram,
    });
    return {
      cluster,
      servers: cluster.furtherServers.SECURED ?? [],
      saslServers: cluster.furtherServers.LOGIN ?? [],
      ca,
      async stop() {
        await cluster.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function brokerProperties(keystore: string, { plain }: Logins): Record<string, string> {
  const users = Object.entries(plain).map(([name, password]) => ` user_${name}="${password}"`);
  const common = 'org.apache.kafka.common.security';
  const login = (listener: string): Record<string, string> => ({
    [`listener.name.${listener}.sasl.enabled.mechanisms`]: 'SCRAM-SHA-512,SCRAM-SHA-256,PLAIN',
    [`listener.name.${listener}.scram-sha-512.sasl.jaas.config`]: `${common}.scram.ScramLoginModule required;`,
    [`listener.name.${listener}.scram-sha-256.sasl.jaas.config`]: `${common}.scram.ScramLoginModule required;`,
    [`listener.name.${listener}.plain.sasl.jaas.config`]: `${common}.plain.PlainLoginModule required${users.join('')};`,
    [`listener.name.${listener}.connections.max.reauth.ms`]: String(SESSION_MS),
  });
  return {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    'listener.name.secured.ssl.keystore.type': 'PEM',
    'listener.name.secured.ssl.keystore.location': keystore,
    ...login('secured'),
    ...login('login'),
  };
}

/** A certificate for 127.0.0.1, signed by an authority of its own. */
async function makeCertificates(folder: string): Promise<{ ca: string; keystore: string }> {
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...options: string[]) => run('openssl', options);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    'req',
    '-x509',
    '-days',
    '2',
    ...key,
    '-subj',
    '/CN=test authority',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  await writeFile(at('san.cnf'), 'subjectAltName=IP:127.0.0.1\n');
  await openssl('req', ...key, '-subj', '/CN=broker', '-keyout', at('broker.key'), '-out', at('broker.csr'));
  await openssl(
    ...[
      'x509',
      '-req',
      '-in',
      at('broker.csr'),
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
    ],
    ...['-days', '2', '-extfile', at('san.cnf'), '-out', at('broker.pem')],
  );
  const ca = await readFile(at('ca.pem'), 'utf8');
  const parts = await Promise.all([at('broker.key'), at('broker.pem')].map((file) => readFile(file, 'utf8')));
  await writeFile(at('keystore.pem'), [...parts, ca].join(''));
  return { ca, keystore: at('keystore.pem') };
}
