package io.tailrace.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdIT {

    @Test
    void keepsKeysAndCountsRevisions() {
        try (Etcd etcd = Etcd.create()) {
            etcd.start();
            long first = etcd.put("/a", "größe");
            assertThat(etcd.put("/a", "two")).isEqualTo(first + 1);
            etcd.put("/empty", "");
            assertThat(etcd.get("/a")).contains("two");
            assertThat(etcd.get("/empty")).contains("");
            assertThat(etcd.get("/none")).isEmpty();
            etcd.delete("/a");
            assertThat(etcd.get("/a")).isEmpty();
        }
    }

    @Test
    void comesBackOnTheSamePortWithTheSameData() {
        try (Etcd etcd = Etcd.create()) {
            etcd.start();
            String endpoint = etcd.endpoint();
            etcd.put("/kept", "über den Tod hinaus");
            etcd.kill();
            assertThat(etcd.isRunning()).isFalse();
            etcd.start();
            assertThat(etcd.endpoint()).isEqualTo(endpoint);
            assertThat(etcd.get("/kept")).contains("über den Tod hinaus");
            etcd.stop();
            assertThat(etcd.log()).content().contains("received terminated signal");
            etcd.start();
            assertThat(etcd.get("/kept")).isPresent();
        }
    }

    @Test
    void answersNothingWhilePaused() {
        try (Etcd etcd = Etcd.create()) {
            etcd.start();
            etcd.pause();
            assertThat(etcd.isRunning()).isTrue();
            assertThatThrownBy(() -> etcd.get("/a"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class);
            etcd.resume();
            assertThat(etcd.get("/a")).isEmpty();
        }
    }

    @Test
    void stopsAndIsKilledWhilePaused() {
        try (Etcd etcd = Etcd.create()) {
            etcd.start();
            etcd.pause();
            etcd.stop();
            assertThat(etcd.isRunning()).isFalse();
            etcd.start();
            etcd.pause();
        }
    }

    @Test
    void leavesNothingBehind() {
        Etcd etcd = Etcd.create();
        etcd.start();
        ProcessHandle process = ProcessHandle.of(etcd.pid()).orElseThrow();
        etcd.close();
        etcd.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(etcd.directory()).doesNotExist();
        assertThatThrownBy(etcd::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leavesAGivenFolder(@TempDir Path folder) {
        try (Etcd etcd = Etcd.in(folder.resolve("etcd"))) {
            etcd.start();
        }
        assertThat(folder.resolve("etcd/data")).isDirectory();
    }

    @Test
    void saysWhyItDoesNotStart() {
        try (Etcd etcd = Etcd.create("--no-such-flag")) {
            assertThatThrownBy(etcd::start)
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("etcd ended with")
                    .hasMessageContaining("no-such-flag");
        }
    }
}
