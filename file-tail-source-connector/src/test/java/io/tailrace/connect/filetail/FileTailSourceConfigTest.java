package io.tailrace.connect.filetail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.filetail.FileTailSourceConfig.RecordKey;
import io.tailrace.connect.filetail.FileTailSourceConfig.ValueFormat;
import io.tailrace.connect.filetail.FileTailSourceConfig.ValueType;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTailSourceConfigTest {
    @Test
    void everyKeyHasItsDefault() {
        FileTailSourceConfig config = new FileTailSourceConfig(Map.of());
        assertThat(FileTailSourceConfig.definition().names())
                .containsExactlyInAnyOrder(
                        "entries",
                        "entries.paths",
                        "entries.provider.class",
                        "host.id",
                        "status.path",
                        "allowed.paths",
                        "allowed.topics",
                        "value.format",
                        "value.type",
                        "record.key",
                        "metadata",
                        "rotate.wait",
                        "scan.interval",
                        "metrics.files.max",
                        "state.dir",
                        "batch.max.records",
                        "batch.max.bytes",
                        "read.buffer.bytes",
                        "open.files.max");
        assertThat(config.entries()).isEmpty();
        assertThat(config.keyTemplates()).isEmpty();
        assertThat(config.providerClass()).isEqualTo("io.tailrace.connect.etcd.EtcdConfigProvider");
        assertThat(config.providerParams()).isEmpty();
        assertThat(config.hostId()).isEmpty();
        assertThat(config.statusPath()).hasValue("/tailrace/status");
        assertThat(config.pathPolicy()).hasToString("[/var/log]");
        assertThat(config.topicPolicy().refusal("any")).isEmpty();
        assertThat(config.valueFormat()).isEqualTo(ValueFormat.LINE);
        assertThat(config.valueType()).isEqualTo(ValueType.STRING);
        assertThat(config.recordKey()).isEqualTo(RecordKey.STREAM);
        assertThat(config.metadata())
                .containsExactly(Fact.HOST_NAME, Fact.HOST_IP, Fact.LOG_FILE_PATH, Fact.SERVICE_NAME, Fact.FIELDS);
        assertThat(config.rotateWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.scanInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.stateDir())
                .isEqualTo(
                        Path.of(System.getProperty("java.io.tmpdir"), "tailrace-" + System.getProperty("user.name")));
        assertThat(config.batchMaxRecords()).isEqualTo(5_000);
        assertThat(config.batchMaxBytes()).isEqualTo(1 << 20);
        assertThat(config.readBufferBytes()).isEqualTo(256 << 10);
        assertThat(config.openFilesMax()).isEqualTo(512);
        assertThat(config.metricsFilesMax()).isEqualTo(100);
    }

    @Test
    void valuesAreTyped() {
        FileTailSourceConfig config = new FileTailSourceConfig(Map.of(
                "entries.paths", "/all,/{hostname}",
                "entries.provider.param.endpoints", "http://x:2379",
                "value.format", "envelope",
                "value.type", "bytes",
                "record.key", "none",
                "metadata", "",
                "rotate.wait", "0",
                "scan.interval", "250ms",
                "state.dir", "/var/lib/tailrace"));
        assertThat(config.keyTemplates()).isPresent();
        assertThat(config.providerParams()).isEqualTo(Map.of("endpoints", "http://x:2379"));
        assertThat(config.valueFormat()).isEqualTo(ValueFormat.ENVELOPE);
        assertThat(config.valueType()).isEqualTo(ValueType.BYTES);
        assertThat(config.recordKey()).isEqualTo(RecordKey.NONE);
        assertThat(config.metadata()).isEmpty();
        assertThat(config.rotateWait()).isZero();
        assertThat(config.scanInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.stateDir()).isEqualTo(Path.of("/var/lib/tailrace"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entries.paths|/{nosuch}|{nosuch}",
                "entries.provider.class|''|must be non-empty",
                "host.id|a/b|must be at most 250 characters",
                "allowed.paths|var/log|'var/log' is not an absolute path",
                "allowed.paths|''|names no folder",
                "allowed.topics|(|'(' is not a regular expression",
                "value.format|xml|must be one of",
                "value.type|int|must be one of",
                "record.key|line|must be one of",
                "metadata|host.name,nosuch|'nosuch' is none of",
                "rotate.wait|soon|must be a duration",
                "scan.interval|1ms|must be from 100ms to 1h",
                "state.dir|state|must be an absolute path",
                "batch.max.records|0|at least 1",
                "batch.max.bytes|x|Not a number",
                "read.buffer.bytes|1|at least 4096",
                "open.files.max|-1|at least 1",
            })
    void badValuesAreNamedWithTheirKey(String key, String value, String reason) {
        assertThatThrownBy(() -> new FileTailSourceConfig(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(reason);
    }

    @Test
    void theStatusCanBeSwitchedOff() {
        assertThat(new FileTailSourceConfig(Map.of("status.path", "")).statusPath())
                .isEmpty();
        assertThat(new FileTailSourceConfig(Map.of("status.path", "/a/b//")).statusPath())
                .hasValue("/a/b");
    }
}
