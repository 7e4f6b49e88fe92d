package io.tailrace.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    private static final int SOME = 2000;

    private static List<String> some(AccessLog log) {
        return Stream.generate(() -> new String(log.next(), StandardCharsets.US_ASCII))
                .limit(SOME)
                .toList();
    }

    private static double meanLength(AccessLog log) {
        return some(log).stream().mapToInt(String::length).average().orElseThrow();
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(some(AccessLog.of(1, AccessLog.Form.PLAIN))).isEqualTo(some(AccessLog.of(1, AccessLog.Form.PLAIN)));
        assertThat(some(AccessLog.of(2, AccessLog.Form.PLAIN)))
                .isNotEqualTo(some(AccessLog.of(1, AccessLog.Form.PLAIN)));
    }

    /** Results of different days can be compared only if nobody changes the lines. */
    @Test
    void isAsItAlwaysWas() {
        assertThat(new String(DataSet.PLAIN.lines().next(), StandardCharsets.US_ASCII))
                .isEqualTo(
                        "202.87.48.45 - - [01/Jan/2026:00:00:00 +0000] \"POST /api/v2/orders/650455 HTTP/1.1\" 500 49434"
                                + " \"https://example.com/search?q=158\""
                                + " \"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148\"");
    }

    @Test
    void hasLinesOfTheUsualLength() {
        assertThat(meanLength(DataSet.PLAIN.lines())).isBetween(175.0, 185.0);
        assertThat(meanLength(DataSet.JSON.lines())).isBetween(255.0, 285.0);
        assertThat(meanLength(DataSet.LONG.lines())).isBetween(8170.0, 8190.0);
    }

    @Test
    void hasJsonObjectsInJson() throws IOException {
        for (String line : some(DataSet.JSON.lines())) {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.required("url.original").asText()).startsWith("/");
        }
    }

    @Test
    void isWrittenToAsManyFilesAsThereAreToBe(@TempDir Path folder) throws IOException {
        Input input = Input.write(folder.resolve("many"), DataSet.MANY, 2500);
        assertThat(input.lines()).isEqualTo(2500);
        assertThat(input.pattern()).isEqualTo(folder.resolve("many/access-*.log"));
        long lines = 0;
        long bytes = 0;
        try (Stream<Path> files = Files.list(input.folder())) {
            for (Path file : files.toList()) {
                lines += Files.readAllLines(file).size();
                bytes += Files.size(file);
            }
        }
        assertThat(lines).isEqualTo(2500);
        assertThat(bytes).isEqualTo(input.bytes());
    }

    @Test
    void isOneFileOfLongLines(@TempDir Path folder) throws IOException {
        Input input = Input.write(folder, DataSet.LONG, 400);
        assertThat(Files.readAllLines(input.pattern())).hasSize(10).hasSize(input.lines());
    }

    @Test
    void refusesDataThatThereIsNot() {
        assertThatThrownBy(() -> DataSet.named("xml")).hasMessage("--data xml is none of plain, json, long, many");
    }
}
