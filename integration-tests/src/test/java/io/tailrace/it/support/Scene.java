package io.tailrace.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.servers.Connect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A few files, a source that collects them into one topic, and what has arrived there, line by line: what arrives is
 * compared with what was written, so that a line that is lost, comes twice or is not whole fails the test.
 */
public final class Scene implements AutoCloseable {

    /** How long a rotated file is stayed with. */
    public static final Duration ROTATE_WAIT = Duration.ofMillis(500);

    private static final Map<String, String> QUICK =
            Map.of("scan.interval", "200ms", "rotate.wait", ROTATE_WAIT.toMillis() + "ms");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration STUCK = Duration.ofSeconds(2);

    private final Site site;
    private final Connect worker;
    private final TopicReader reader;
    private final List<String> expected = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> arrived = new ArrayList<>();
    private ConnectorHandle source;

    /**
     * Makes a place; nothing is collected yet.
     *
     * @param servers where
     * @param worker where the source runs
     * @param folder the test's own, with a name that no other has
     */
    public Scene(SharedServers servers, Connect worker, Path folder) {
        this.site = new Site(servers, folder);
        this.worker = worker;
        this.reader = site.reader(site.topic());
    }

    /**
     * The names of what is in it.
     *
     * @return its place on the servers
     */
    public Site site() {
        return site;
    }

    /**
     * A file.
     *
     * @param name may begin with folders
     * @return its path; the folders are there
     */
    public Path file(String name) {
        Path file = site.log(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /**
     * An entry for the scene's topic.
     *
     * @param glob what to collect
     * @param members more of its members, with single quotes for double ones
     * @return a JSON object
     */
    public String entry(String glob, String... members) {
        StringBuilder entry =
                new StringBuilder("{\"path\":\"" + site.log(glob) + "\",\"topic\":\"" + site.topic() + "\"");
        Arrays.stream(members).forEach(member -> entry.append(',').append(member.replace('\'', '"')));
        return entry.append('}').toString();
    }

    /**
     * Starts to collect.
     *
     * @param entries JSON objects
     */
    public void collect(String... entries) {
        collect(Map.of(), entries);
    }

    /**
     * Starts to collect.
     *
     * @param settings of the connector, over those that are shipped
     * @param entries JSON objects
     */
    public void collect(Map<String, String> settings, String... entries) {
        Map<String, String> all = new HashMap<>(QUICK);
        all.putAll(settings);
        site.collect(entries);
        source = site.startSource(worker, all);
        source.awaitRunning(1);
    }

    /**
     * The connector.
     *
     * @return as it was started
     */
    public ConnectorHandle source() {
        return source;
    }

    /** Stops the source; its positions are committed. */
    public void stop() {
        source.stop();
    }

    /** Lets the source go on, with new tasks. */
    public void resume() {
        source.resume();
        source.awaitRunning(1);
    }

    /**
     * Appends lines to a file, in one write.
     *
     * @param file made if it isn't there
     * @param lines without their ends
     */
    public void append(Path file, List<String> lines) {
        appendText(file, String.join("\n", lines) + "\n");
    }

    /**
     * Appends text to a file, in one write.
     *
     * @param file made if it isn't there
     * @param text as it is
     */
    public void appendText(Path file, String text) {
        appendBytes(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Appends bytes to a file, in one write.
     *
     * @param file made if it isn't there
     * @param bytes as they are
     */
    public void appendBytes(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Numbered lines.
     *
     * @param name that they begin with
     * @param from first number
     * @param to after the last
     * @return the lines
     */
    public static List<String> lines(String name, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> name + " line " + i).toList();
    }

    /**
     * Waits for the next lines. What has arrived beyond them must be what is waited for next, or {@link #end} fails.
     *
     * @param lines that must have arrived next, in this order
     */
    public void arriveNext(List<String> lines) {
        expected.addAll(lines);
        await();
        assertThat(texts(0)).containsExactlyElementsOf(expected);
    }

    /**
     * Waits for lines of several files. What has arrived beyond them must be what is waited for next, or {@link #end} fails.
     *
     * @param lines that must have arrived next, in any order
     */
    public void arrive(List<String> lines) {
        int before = expected.size();
        expected.addAll(lines);
        await();
        List<String> next = texts(before);
        assertThat(next).containsExactlyInAnyOrderElementsOf(lines);
        expected.subList(before, expected.size()).clear();
        expected.addAll(next);
    }

    /** Waits until lines have begun to arrive and then none has for a while; what they are will be compared later. */
    public void arriveUntilStuck() {
        long[] lastNanos = {0};
        boolean stuck = reader.readUntil(
                record -> {
                    arrived.add(record);
                    lastNanos[0] = System.nanoTime();
                },
                () -> !arrived.isEmpty() && System.nanoTime() - lastNanos[0] > STUCK.toNanos(),
                PATIENCE);
        assertThat(stuck).as("lines have begun to arrive and then stopped").isTrue();
    }

    /**
     * Waits for lines of which some may come more than once. Nothing can be waited for after this.
     *
     * @param lines that must have arrived in the end, with those before; nothing else may
     * @return how many have come again
     */
    public int arriveAtLeastOnce(List<String> lines) {
        Set<String> all = new HashSet<>(expected);
        all.addAll(lines);
        Set<String> seen = new HashSet<>(texts());
        reader.readUntil(
                record -> {
                    arrived.add(record);
                    seen.add(TopicReader.text(record));
                },
                () -> seen.size() >= all.size(),
                PATIENCE);
        stop();
        reader.readToEnd(arrived::add);
        assertThat(new HashSet<>(texts())).isEqualTo(all);
        return arrived.size() - all.size();
    }

    /** Stops the source and checks that nothing more has arrived than was waited for. */
    public void end() {
        stop();
        reader.readToEnd(arrived::add);
        assertThat(texts()).containsExactlyElementsOf(expected);
    }

    private void await() {
        reader.readUntil(arrived::add, () -> arrived.size() >= expected.size(), PATIENCE);
    }

    /** Of those that are expected by now, and from some on. */
    private List<String> texts(int from) {
        return texts().subList(from, Math.min(expected.size(), arrived.size()));
    }

    private List<String> texts() {
        return arrived.stream().map(TopicReader::text).toList();
    }

    /**
     * What has arrived so far.
     *
     * @return records in their order
     */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        return arrived;
    }

    /**
     * Where Connect says that reading goes on, when the source is stopped.
     *
     * @param file of an entry without id
     * @return bytes from the file's beginning
     */
    public long position(Path file) {
        for (JsonNode offset : source.offsets()) {
            if (offset.at("/partition/stream").asText().endsWith("||" + file)) {
                return offset.at("/offset/position").asLong();
            }
        }
        throw new AssertionError("No position of " + file + " in " + source.offsets());
    }

    @Override
    public void close() {
        try (site) {
            reader.close();
        }
    }
}
