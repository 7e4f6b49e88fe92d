package io.tailrace.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.benchmarks.ceiling.MadeUpSourceConnector;
import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.data.Input;
import io.tailrace.connect.filetail.FileTailSourceConfig;
import io.tailrace.connect.filetail.FileTailSourceConnector;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.record.HostIdentity;
import io.tailrace.connect.filetail.tail.record.RecordFormat;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ConnectorsTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("tailrace.repository"));
    private static final Input INPUT = new Input(Path.of("/tmp/logs"), DataSet.PLAIN, 1000, 181_000);
    private static final Pass PASS = new Pass("run", "run_log", INPUT, Path.of("/tmp/state"));
    private static final Bench BENCH = new Bench(
            "127.0.0.1:9092",
            Path.of("/tmp"),
            new ShippedConfigs(REPOSITORY.resolve("connect-configs")),
            Path.of("/tmp"),
            true,
            Optional.empty());

    @Test
    void tellsOursWhatToReadAndKeepsTheShippedSettings() {
        Map<String, String> config = Connectors.tailrace(BENCH, PASS);
        Entry entry = EntriesJson.parse(config.get(FileTailSourceConfig.ENTRIES), "entries")
                .get(0);
        assertThat(entry.path()).isEqualTo("/tmp/logs/access-0000.log");
        assertThat(entry.topic()).isEqualTo("run_log");
        Map<String, String> shipped = BENCH.shipped().source();
        Set<String> replaced = Set.of("entries", "allowed.paths", "state.dir");
        shipped.keySet().removeAll(replaced);
        assertThat(config).containsAllEntriesOf(shipped).hasSize(shipped.size() + replaced.size());
        assertThat(new FileTailSourceConnector().validate(config).configValues())
                .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
    }

    @Test
    void knowsHowToSendLinesAlone() {
        Map<String, String> config = Connectors.tailraceBare(BENCH, PASS);
        assertThat(new FileTailSourceConnector().validate(config).configValues())
                .extracting(ConfigValue::errorMessages)
                .allMatch(errors -> errors.isEmpty());
        assertThat(new FileTailSourceConfig(config).metadata()).isEmpty();
        assertThat(new FileTailSourceConfig(config).recordKey()).isEqualTo(FileTailSourceConfig.RecordKey.NONE);
    }

    /** Else it would be no ceiling for the same work. */
    @Test
    void givesMadeUpRecordsTheKeyAndTheHeaderThatOursHave() {
        Map<String, String> ours = Connectors.tailrace(BENCH, PASS);
        FileTailSourceConfig config = new FileTailSourceConfig(ours);
        HostFacts host = HostFacts.detect(config.hostId());
        RecordMaker maker = new RecordMaker(
                new RecordFormat(false, true, true, config.metadata()),
                new HostIdentity(host.hostId(), host.hostname(), host.addresses()),
                EntriesJson.parse(ours.get(FileTailSourceConfig.ENTRIES), "entries")
                        .get(0),
                INPUT.pattern(),
                new Counts());
        SourceRecord record = maker.make(new EmptyLine(), Set.of(), null, 0);
        Map<String, String> madeUp = Connectors.madeUp(BENCH, PASS);
        assertThat((byte[]) record.key()).asString().isEqualTo(madeUp.get(MadeUpSourceConnector.KEY));
        assertThat((byte[]) record.headers().lastWithName("tailrace").value())
                .asString()
                .isEqualTo(madeUp.get(MadeUpSourceConnector.HEADER));
    }

    @Test
    void hasOthersSendAsOursDoes() {
        Map<String, String> fileStream = Connectors.fileStream(BENCH, PASS);
        Connectors.tailrace(BENCH, PASS).forEach((key, value) -> {
            if (key.startsWith("producer.override.")) {
                assertThat(fileStream).containsEntry(key, value);
            }
        });
        assertThat(fileStream).containsKey("producer.override.compression.type");
    }

    @Test
    void putsANameInPlaceOfTheHosts() {
        Map<String, String> worker = BENCH.shipped().agentWorker("bench-1");
        assertThat(worker).containsEntry("group.id", "tailrace-agent-bench-1").doesNotContainKey("plugin.path");
        assertThat(BENCH.shipped().sinkWorker("sinks-1"))
                .containsEntry("group.id", "sinks-1")
                .containsEntry("offset.storage.topic", "sinks-1-offsets")
                .doesNotContainKey("listeners");
    }

    private record EmptyLine() implements io.tailrace.connect.filetail.tail.frame.Line {
        @Override
        public byte[] buffer() {
            return new byte[0];
        }

        @Override
        public int lineStart() {
            return 0;
        }

        @Override
        public int lineEnd() {
            return 0;
        }

        @Override
        public long lineOffset() {
            return 0;
        }
    }
}
