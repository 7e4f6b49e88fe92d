package io.tailrace.connect.filetail.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodTest {
    @TempDir
    Path dir;

    @Test
    void whatIsSavedIsLoaded() {
        Map<String, GoodText> texts =
                Map.of("/a", new GoodText("[]", 7, 9, false), "/b", new GoodText("x", 0, 0, true));
        new LastGood(dir, "c").save(texts);
        assertThat(new LastGood(dir, "c").load()).isEqualTo(texts);
        assertThat(new LastGood(dir, "other").load()).isEmpty();
    }

    @Test
    void aFileOfBeforeThereWereRevisionsIsRead() throws IOException {
        write("{\"connector\":\"c\",\"keys\":{\"/a\":\"[]\"},\"of a later version\":1}");
        assertThat(new LastGood(dir, "c").load()).isEqualTo(Map.of("/a", new GoodText("[]", 0, 0, false)));
    }

    @Test
    void aBrokenFileIsNoneWithAWarning() throws IOException {
        for (String broken : new String[] {"{}", "[", "{\"keys\":{\"/a\":null}}", "", "null", "\0\0\0"}) {
            write(broken);
            try (LogCapture log = LogCapture.of("io.tailrace.connect.filetail.watch")) {
                assertThat(new LastGood(dir, "c").load()).isEmpty();
                assertThat(log.messages()).singleElement().asString().contains("cannot be read");
            }
        }
    }

    private void write(String content) throws IOException {
        Files.writeString(StateDir.open(dir).file("entries", "c"), content);
    }
}
