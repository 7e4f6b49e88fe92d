package io.tailrace.connect.filetail.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntriesMergeTest {
    @Test
    void aLaterListOverridesTheSamePathAndId() {
        List<Entry> all =
                entries("[{\"path\":\"/b\",\"topic\":\"all\",\"send_rate\":5},{\"path\":\"/a\",\"topic\":\"all\"}]");
        List<Entry> host =
                entries("[{\"path\":\"/b\",\"topic\":\"host\"},{\"path\":\"/b\",\"id\":\"x\",\"topic\":\"host\"}]");
        assertThat(EntriesMerge.merge(List.of(all, host)))
                .isEqualTo(entries("[{\"path\":\"/a\",\"topic\":\"all\"},{\"path\":\"/b\",\"topic\":\"host\"},"
                        + "{\"path\":\"/b\",\"id\":\"x\",\"topic\":\"host\"}]"));
        assertThat(EntriesMerge.merge(List.of(host, all)))
                .extracting(Entry::topic)
                .containsExactly("all", "all", "host");
    }

    @Test
    void nothingMergesToNothing() {
        assertThat(EntriesMerge.merge(List.of())).isEmpty();
        assertThat(EntriesMerge.merge(List.of(List.of(), List.of()))).isEmpty();
    }

    private static List<Entry> entries(String json) {
        return EntriesJson.parse(json, "test");
    }
}
