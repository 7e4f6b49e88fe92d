package io.tailrace.benchmarks.sink;

import io.tailrace.benchmarks.measure.AttachedJvm;
import io.tailrace.benchmarks.measure.FlightRecording;
import io.tailrace.benchmarks.measure.ProcessCost;
import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast the documents of a topic get into an index. Our sink has a worker of its own for each measurement, which first
 * reads another topic, that doesn't count.
 *
 * @param bootstrapServers where Kafka is
 * @param shipped the settings that users get
 * @param ours our sink
 * @param warmUp what is read before
 * @param loaded what is read
 * @param bodies those that our sink makes of it
 * @param profiles where to leave a flight recording of each worker, if wanted
 */
public record SinkRun(
        String bootstrapServers,
        ShippedConfigs shipped,
        SinkPlugin ours,
        LoadedTopic warmUp,
        LoadedTopic loaded,
        PreparedBodies bodies,
        Optional<Path> profiles) {
    /** How fast documents come. */
    public static final Measure RATE = new Measure("documents_per_second", "docs/s", 1, 0);

    /** CPU time of the worker. */
    public static final Measure CPU = new Measure("cpu_micros_per_document", "CPU µs/doc", 1, 2);

    /** Documents for each second of the worker's CPU time. */
    public static final Measure PER_CORE = new Measure("documents_per_cpu_second", "docs/s per core", 1, 0);

    /** What the worker's Java threads allocated. */
    public static final Measure ALLOCATION = new Measure("allocated_bytes_per_document", "allocated B/doc", 1, 0);

    /**
     * Sends prepared bodies, as many at a time as our sink does.
     *
     * @param target where to
     * @return the rate
     * @throws IllegalStateException if not all come
     */
    public Map<Measure, Double> prepared(Target target) {
        SinkConfig config = SinkConfig.parse(ours.config(loaded.name(), target.url()));
        target.empty(loaded.name());
        try (BareClient.Sending sending =
                new BareClient(target.url(), config.bulk().maxInFlight()).send(bodies)) {
            Intake intake = new Intake(target::taken, () -> new ProcessCost(0, 0), loaded.documents());
            Intake.Sighting seen = intake.await(sending::hasEnded);
            sending.await();
            requireAll(target, loaded);
            Map<Measure, Double> values = new LinkedHashMap<>();
            values.put(RATE, seen.documentsPerSecond());
            return values;
        }
    }

    /**
     * Has a sink send the topic's documents.
     *
     * @param name what a recording's file is named after
     * @param sink ours, or a peer
     * @param target where to
     * @return rate, and what the worker costs
     * @throws IllegalStateException if not all come; the message holds what the worker says
     */
    public Map<Measure, Double> send(String name, SinkPlugin sink, Target target) {
        try (SinkWorker worker = new SinkWorker(bootstrapServers, sink, shipped);
                AttachedJvm jvm = AttachedJvm.to(worker.pid())) {
            pass(worker, sink, target, warmUp);
            jvm.awaitCompilers();
            long allocated = jvm.allocatedBytes();
            Optional<FlightRecording> recording =
                    profiles.map(folder -> FlightRecording.start(jvm, folder.resolve(name.replace(' ', '-') + ".jfr")));
            Intake.Sighting seen = pass(worker, sink, target, loaded);
            recording.ifPresent(FlightRecording::stop);
            Map<Measure, Double> values = new LinkedHashMap<>();
            values.put(RATE, seen.documentsPerSecond());
            values.put(CPU, seen.cpuMicrosPerDocument());
            values.put(PER_CORE, 1e6 / seen.cpuMicrosPerDocument());
            values.put(ALLOCATION, (double) (jvm.allocatedBytes() - allocated) / loaded.documents());
            values.put(Measure.PEAK_RSS, (double) seen.peakRssBytes());
            return values;
        }
    }

    private Intake.Sighting pass(SinkWorker worker, SinkPlugin sink, Target target, LoadedTopic topic) {
        target.empty(topic.name());
        String connector = worker.begin(sink.config(topic.name(), target.url()));
        try {
            Intake intake = new Intake(target::taken, () -> cost(worker), topic.documents());
            Intake.Sighting seen = intake.await(() -> false);
            requireAll(target, topic);
            return seen;
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "; it says: " + worker.account(connector), e);
        } finally {
            worker.end(connector);
        }
    }

    private static ProcessCost cost(SinkWorker worker) {
        return ProcessCost.of(worker.pid()).orElseThrow(() -> new IllegalStateException("The worker has ended"));
    }

    /** Neither fewer nor more than there are: an id makes one document. */
    private static void requireAll(Target target, LoadedTopic topic) {
        long searchable = target.searchable();
        if (searchable != topic.documents()) {
            throw new IllegalStateException(
                    "The index has " + searchable + " documents instead of " + topic.documents());
        }
    }
}
