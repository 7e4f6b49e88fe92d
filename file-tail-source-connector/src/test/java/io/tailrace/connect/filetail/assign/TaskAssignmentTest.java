package io.tailrace.connect.filetail.assign;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.FileTailSourceConfig;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.EntriesMerge;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.EntryArbitraries;
import io.tailrace.connect.filetail.entries.EntryKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TaskAssignmentTest {
    @Property(tries = 300)
    void everyEntryIsInExactlyOneGroup(
            @ForAll("lists") List<Entry> entries, @ForAll @IntRange(min = 1, max = 20) int maxTasks) {
        List<List<Entry>> groups = TaskAssignment.assign(entries, maxTasks);
        assertThat(groups)
                .hasSizeLessThanOrEqualTo(maxTasks)
                .allSatisfy(group -> assertThat(group).isNotEmpty());
        assertThat(groups.stream().flatMap(Collection::stream)).containsExactlyInAnyOrderElementsOf(entries);
        assertThat(TaskAssignment.assign(entries, maxTasks)).isEqualTo(groups);
    }

    @Property(tries = 300)
    void anotherEntryMovesNoneAndChangesOneGroup(
            @ForAll("lists") List<Entry> entries,
            @ForAll("entry") Entry another,
            @ForAll @IntRange(min = 1, max = 20) int maxTasks) {
        List<Entry> without = entries.stream()
                .filter(entry -> !EntryKey.of(entry).equals(EntryKey.of(another)))
                .toList();
        List<Entry> with = EntriesMerge.merge(List.of(without, List.of(another)));
        Set<List<Entry>> before = new HashSet<>(TaskAssignment.assign(EntriesMerge.merge(List.of(without)), maxTasks));
        Set<List<Entry>> after = new HashSet<>(TaskAssignment.assign(with, maxTasks));
        Set<List<Entry>> changed = new HashSet<>(after);
        changed.removeAll(before);
        assertThat(changed).singleElement().satisfies(group -> assertThat(group).contains(another));
        before.removeAll(after);
        assertThat(before).hasSizeLessThanOrEqualTo(1);
    }

    @Property(tries = 300)
    void oneMoreTaskTakesEntriesAndShufflesNone(
            @ForAll("entry") Entry entry, @ForAll @IntRange(min = 1, max = 50) int maxTasks) {
        int before = TaskAssignment.group(EntryKey.of(entry), maxTasks);
        assertThat(TaskAssignment.group(EntryKey.of(entry), maxTasks + 1)).isIn(before, maxTasks);
    }

    @Test
    void groupsAreFilledEvenlyOnAverage() {
        Map<Integer, Long> sizes = IntStream.range(0, 10_000)
                .mapToObj(i -> TaskAssignment.group(new EntryKey("/var/log/app" + i + ".log", ""), 10))
                .collect(Collectors.groupingBy(group -> group, Collectors.counting()));
        assertThat(sizes).hasSize(10);
        assertThat(sizes.values()).allSatisfy(size -> assertThat(size).isBetween(850L, 1_150L));
    }

    @Test
    void tasksAreToldTheirEntriesAndNotWhereEntriesComeFrom() {
        Map<String, String> connector = Map.of(
                "name",
                "c",
                "entries.paths",
                "/all",
                "entries.provider.param.password",
                "secret",
                "entries.provider.class",
                "x",
                "value.type",
                "bytes",
                "key.converter",
                "y");
        List<Entry> entries = EntriesJson.parse("[{\"path\":\"/a$\",\"topic\":\"t\"}]", "test");
        List<Map<String, String>> configs = new TaskConfigs(connector, "host1").make(entries, 3);
        assertThat(configs)
                .containsExactly(Map.of(
                        "name",
                        "c",
                        "value.type",
                        "bytes",
                        "host.id",
                        "host1",
                        "task.group",
                        "0",
                        "task.entries",
                        "[{\"log_path\":\"/a\\u0024\",\"topic\":\"t\"}]"));
        assertThat(EntriesJson.parse(configs.get(0).get(FileTailSourceConfig.TASK_ENTRIES), "test"))
                .isEqualTo(entries);
    }

    @Test
    void ofAThousandEntriesOverAHundredTasksOneMoreChangesOneTask() {
        TaskConfigs configs = new TaskConfigs(Map.of("name", "c"), "host1");
        List<Entry> thousand = EntriesJson.parse(list(1_000), "test");
        List<Entry> more = EntriesJson.parse(list(1_001), "test");
        List<Map<String, String>> before = configs.make(thousand, 100);
        List<Map<String, String>> after = configs.make(more, 100);
        assertThat(before).hasSize(100).isEqualTo(configs.make(thousand, 100));
        assertThat(after).hasSize(100);
        long changed = IntStream.range(0, 100)
                .filter(i -> !before.get(i).equals(after.get(i)))
                .count();
        assertThat(changed).isEqualTo(1);
        assertThat(configs.misfit(more, 100)).isEmpty();
    }

    private static String list(int entries) {
        return IntStream.range(0, entries)
                .mapToObj(i -> "{\"path\":\"/var/log/service-" + i + "/*.log\",\"topic\":\"t" + i % 7 + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void whatConnectCouldNotStoreIsFoundOut() {
        TaskConfigs configs = new TaskConfigs(Map.of(), "host1");
        List<Entry> entries = EntriesJson.parse(
                IntStream.range(0, 9_000)
                        .mapToObj(i -> "{\"path\":\"/var/log/" + "x".repeat(70) + i + "\",\"topic\":\"t\"}")
                        .collect(Collectors.joining(",", "[", "]")),
                "test");
        assertThat(configs.misfit(entries, 10)).isEmpty();
        assertThat(configs.misfit(entries, 1))
                .hasValueSatisfying(reason -> assertThat(reason).contains("at most 900000", "tasks.max (now 1)"));
        assertThat(configs.make(List.of(), 5)).isEmpty();
    }

    @Provide
    Arbitrary<List<Entry>> lists() {
        return EntryArbitraries.lists().map(list -> EntriesMerge.merge(List.of(list)));
    }

    @Provide
    Arbitrary<Entry> entry() {
        return EntryArbitraries.entries().withoutEdgeCases();
    }
}
