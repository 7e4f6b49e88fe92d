package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.measure.AttachedJvm;
import io.tailrace.benchmarks.measure.FlightRecording;
import io.tailrace.benchmarks.measure.Passage;
import io.tailrace.benchmarks.measure.Topic;
import io.tailrace.benchmarks.peers.Bench;
import io.tailrace.benchmarks.peers.Contender;
import io.tailrace.benchmarks.peers.Pass;
import io.tailrace.benchmarks.report.Measure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a contender reads what is there. Each measurement has a process of its own, so that what a JVM makes of its chances
 * is part of the spread. An agent runs for months: one that warms up first reads other files, which don't count.
 *
 * @param bench where
 * @param warmUp what is read before
 * @param input what is read
 */
record Throughput(Bench bench, Input warmUp, Input input) {
    Map<Measure, Double> measure(Contender contender) {
        try (Contender.Running running = contender.start(bench)) {
            if (contender.warmsUp()) {
                warmUp(running, Pass.of(contender, bench, warmUp));
                return inJvm(running, Pass.of(contender, bench, input));
            }
            return inProgram(running, Pass.of(contender, bench, input));
        }
    }

    private void warmUp(Contender.Running running, Pass pass) {
        try (Topic topic = new Topic(bench.bootstrapServers(), pass.topic())) {
            running.begin(pass);
            await(topic, running, pass, false);
            running.end(pass);
        }
    }

    private Map<Measure, Double> inProgram(Contender.Running running, Pass pass) {
        try (Topic topic = new Topic(bench.bootstrapServers(), pass.topic())) {
            running.begin(pass);
            Passage.Sighting seen = await(topic, running, pass, true);
            running.end(pass);
            return values(seen);
        }
    }

    private Map<Measure, Double> inJvm(Contender.Running running, Pass pass) {
        try (Topic topic = new Topic(bench.bootstrapServers(), pass.topic());
                AttachedJvm jvm = AttachedJvm.to(running.pid())) {
            jvm.awaitCompilers();
            Optional<FlightRecording> recording =
                    bench.profiles().map(folder -> FlightRecording.start(jvm, folder.resolve(pass.name() + ".jfr")));
            long allocated = jvm.allocatedBytes();
            running.begin(pass);
            Passage.Sighting seen = await(topic, running, pass, false);
            Map<Measure, Double> values = values(seen);
            values.put(Measure.ALLOCATION, (double) (jvm.allocatedBytes() - allocated) / input.lines());
            recording.ifPresent(FlightRecording::stop);
            running.end(pass);
            return values;
        }
    }

    private static Passage.Sighting await(Topic topic, Contender.Running running, Pass pass, boolean wholeLife) {
        try {
            return new Passage(topic, running.pid(), pass.input().lines()).await(wholeLife);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "; it says: " + running.account(pass), e);
        }
    }

    private static Map<Measure, Double> values(Passage.Sighting seen) {
        Map<Measure, Double> values = new LinkedHashMap<>();
        values.put(Measure.RATE, seen.linesPerSecond());
        values.put(Measure.CPU, seen.cpuMicrosPerLine());
        values.put(Measure.PEAK_RSS, (double) seen.peakRssBytes());
        values.put(Measure.SURPLUS, (double) seen.surplus());
        return values;
    }
}
