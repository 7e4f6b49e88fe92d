package io.tailrace.servers;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where etcd's binary is: {@code bin/ensure-etcd} looks in the same places, and fills the last one. */
final class EtcdBinary {

    private EtcdBinary() {}

    static Path find() {
        return named(System.getenv())
                .or(() -> Programs.find("etcd"))
                .or(() -> cached(System.getenv()))
                .orElseThrow(() -> new ServerStartException("There is no etcd: run bin/ensure-etcd, or install etcd 3.4"
                        + " or newer so that it is on the PATH, or name its binary in TAILRACE_ETCD"));
    }

    private static Optional<Path> named(Map<String, String> environment) {
        Optional<Path> named = Optional.ofNullable(environment.get("TAILRACE_ETCD"))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
        named.filter(path -> !Programs.isProgram(path)).ifPresent(path -> {
            throw new ServerStartException("TAILRACE_ETCD=" + path + " is not an executable file");
        });
        return named;
    }

    private static Optional<Path> cached(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "/var/tmp");
        Path caches = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .orElse(Path.of(home, ".cache"));
        return Optional.of(caches.resolve("tailrace/etcd/bin/etcd")).filter(Programs::isProgram);
    }
}
