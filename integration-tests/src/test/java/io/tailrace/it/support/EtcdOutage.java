package io.tailrace.it.support;

import io.tailrace.servers.CuttingProxy;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.EtcdCluster;
import io.tailrace.servers.EtcdGateway;
import io.tailrace.servers.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** An etcd of its own that is well, then isn't for a while, and then is well again. */
public abstract class EtcdOutage implements AutoCloseable {
    private static final String PARAM = "entries.provider.param.";

    private final EtcdCluster etcd;
    private final Duration length;

    EtcdOutage(EtcdCluster etcd, Duration length) {
        this.etcd = etcd;
        this.length = length;
        etcd.start();
    }

    /** What becomes of it. */
    public enum Kind {
        /** Its process is killed, and started again. */
        KILLED {
            @Override
            public EtcdOutage in(Path folder) {
                return new Killed(1);
            }
        },
        /** Its process is stopped for longer than the connection's keepalive and its timeout together. */
        PAUSED {
            @Override
            public EtcdOutage in(Path folder) {
                return new Paused();
            }
        },
        /** Its process is killed, and started again without its data. */
        EMPTIED {
            @Override
            public EtcdOutage in(Path folder) {
                return new Emptied();
            }
        },
        /** Of three members the leader is killed, and stays away. */
        LEADER_KILLED {
            @Override
            public EtcdOutage in(Path folder) {
                return new Killed(3);
            }
        },
        /** The connection is cut, and when it is back, etcd has forgotten the revision that the watch has seen. */
        COMPACTED {
            @Override
            public EtcdOutage in(Path folder) {
                return new Compacted();
            }
        },
        /** The token that etcd gave for user and password has expired. */
        TOKEN_EXPIRED {
            @Override
            public EtcdOutage in(Path folder) {
                return new TokenExpired();
            }
        },
        /** The server comes back with the certificate of another authority, and then with the right one. */
        WRONG_AUTHORITY {
            @Override
            public EtcdOutage in(Path folder) {
                return new WrongAuthority(folder);
            }
        };

        /**
         * Starts an etcd that is well.
         *
         * @param folder for the files that it needs; those of its data are elsewhere
         * @return an etcd; stopped, and its data deleted, when it is closed
         */
        public abstract EtcdOutage in(Path folder);
    }

    /**
     * What a connector needs to use this etcd.
     *
     * @return keys and values of its configuration
     */
    public Map<String, String> settings() {
        return Map.of(PARAM + "endpoints", etcd.endpoints());
    }

    /**
     * Writes a key.
     *
     * @param key any text
     * @param value any text
     */
    public void put(String key, String value) {
        etcd.leader().put(key, value);
    }

    /**
     * How long it is not well.
     *
     * @return at least until {@link #end} may be called
     */
    public Duration length() {
        return length;
    }

    /** From now on it isn't well. */
    public abstract void begin();

    /** From now on it is well again. */
    public abstract void end();

    @Override
    public void close() {
        etcd.close();
    }

    final Etcd member() {
        return etcd.members().get(0);
    }

    private static final class Killed extends EtcdOutage {
        private final int members;

        Killed(int members) {
            super(EtcdCluster.of(members), Duration.ofSeconds(members > 1 ? 0 : 3));
            this.members = members;
        }

        @Override
        public void begin() {
            super.etcd.leader().kill();
        }

        @Override
        public void end() {
            if (members == 1) {
                member().start();
            }
        }
    }

    private static final class Paused extends EtcdOutage {
        Paused() {
            super(EtcdCluster.of(1), Duration.ofSeconds(17));
        }

        @Override
        public void begin() {
            member().pause();
        }

        @Override
        public void end() {
            member().resume();
        }
    }

    private static final class Emptied extends EtcdOutage {
        Emptied() {
            super(EtcdCluster.of(1), Duration.ofSeconds(1));
        }

        @Override
        public void begin() {
            member().kill();
            try (Stream<Path> files = Files.walk(member().directory().resolve("data"))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void end() {
            member().start();
        }
    }

    private static final class Compacted extends EtcdOutage {
        private final CuttingProxy proxy;

        Compacted() {
            super(EtcdCluster.of(1), Duration.ofSeconds(1));
            proxy = CuttingProxy.to(member().endpoint());
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(PARAM + "endpoints", proxy.endpoint());
        }

        @Override
        public void begin() {
            proxy.cut();
            for (int i = 0; i < 10; i++) {
                member().put("/filler", "moves the revision on");
            }
            member().compact(member().put("/filler", "last"));
        }

        @Override
        public void end() {
            proxy.mend();
        }

        @Override
        public void close() {
            proxy.close();
            super.close();
        }
    }

    private static final class TokenExpired extends EtcdOutage {
        TokenExpired() {
            super(EtcdCluster.of(1, "--auth-token-ttl=2"), Duration.ofSeconds(5));
            EtcdGateway.enableRoles(member().endpoint(), "/it/", "/tailrace/status/");
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    PARAM + "endpoints",
                    member().endpoint(),
                    PARAM + "user",
                    "agent",
                    PARAM + "password",
                    "agent-pass");
        }

        @Override
        public void put(String key, String value) {
            EtcdGateway.putAsRoot(member().endpoint(), key, value);
        }

        /** The token expires by itself. */
        @Override
        public void begin() {}

        /** A new one can be had at any time. */
        @Override
        public void end() {}
    }

    private static final class WrongAuthority extends EtcdOutage {
        private static final String HOST = "etcd.internal";

        private final TestCertificates right;
        private final TestCertificates wrong;
        private final CuttingProxy proxy;

        WrongAuthority(Path folder) {
            super(EtcdCluster.of(1), Duration.ofSeconds(5));
            right = TestCertificates.in(folder.resolve("right"), HOST);
            wrong = TestCertificates.in(folder.resolve("wrong"), HOST);
            proxy = CuttingProxy.tlsTo(member().endpoint(), right.tls());
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    PARAM + "endpoints", proxy.endpoint().replace("http:", "https:"),
                    PARAM + "tls.authority", HOST,
                    PARAM + "tls.ca.file", right.certificate().toString(),
                    PARAM + "tls.cert.file", right.certificate().toString(),
                    PARAM + "tls.key.file", right.key().toString());
        }

        @Override
        public void begin() {
            proxy.present(wrong.tls());
        }

        @Override
        public void end() {
            proxy.present(right.tls());
        }

        @Override
        public void close() {
            proxy.close();
            super.close();
        }
    }
}
