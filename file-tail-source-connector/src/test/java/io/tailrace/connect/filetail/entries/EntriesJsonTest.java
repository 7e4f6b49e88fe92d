package io.tailrace.connect.filetail.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailrace.connect.filetail.entries.Entry.Multiline;
import io.tailrace.connect.filetail.entries.Entry.StartPosition;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesJsonTest {
    @Test
    void readsBothShapesInUse() {
        assertThat(
                        parse(
                                "[{\"service\":\"nginx\",\"log_path\":\"/var/log/nginx/*.log\",\"topic\":\"nginx_log\",\"send_rate\":1000}]"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.service()).isEqualTo("nginx");
                    assertThat(entry.path()).isEqualTo("/var/log/nginx/*.log");
                    assertThat(entry.topic()).isEqualTo("nginx_log");
                    assertThat(entry.sendRate()).isEqualTo(1000);
                });
        assertThat(parse("[{\"path\":\"./xx.log\",\"topic\":\"web_log\"}]"))
                .singleElement()
                .extracting(Entry::path)
                .isEqualTo("./xx.log");
    }

    @Test
    void readsEveryField() {
        String json = """
                [{"log_path":"/a/*.log","topic":"t","service":"s","send_rate":5,"send_bytes":6,"id":"i","exclude":["*.gz"],
                  "start_position":"end","encoding":"gbk",
                  "multiline":{"pattern":"^\\\\s","negate":true,"match":"before","max_lines":7,"timeout_ms":8},
                  "include_lines":["a"],"exclude_lines":["b","c"],"keep_empty_lines":true,"max_line_bytes":4096,"ignore_older":"2h","close_idle":1500,
                  "fields":{"env":"prod","n":1,"d":1.5,"b":true}}]
                """;
        Multiline multiline = new Multiline("^\\s", true, Multiline.Match.BEFORE, 7, Duration.ofMillis(8));
        assertThat(parse(json)).singleElement().satisfies(entry -> {
            assertThat(entry.sendBytes()).isEqualTo(6);
            assertThat(entry.id()).isEqualTo("i");
            assertThat(entry.exclude()).containsExactly("*.gz");
            assertThat(entry.startPosition()).isEqualTo(StartPosition.END);
            assertThat(entry.encoding()).isEqualTo(Charset.forName("GBK"));
            assertThat(entry.multiline()).contains(multiline);
            assertThat(entry.includeLines()).containsExactly("a");
            assertThat(entry.excludeLines()).containsExactly("b", "c");
            assertThat(entry.keepEmptyLines()).isTrue();
            assertThat(entry.maxLineBytes()).isEqualTo(4096);
            assertThat(entry.ignoreOlder()).contains(Duration.ofHours(2));
            assertThat(entry.closeIdle()).isEqualTo(Duration.ofMillis(1500));
            assertThat(entry.fields())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("env", "prod", "n", 1L, "d", 1.5, "b", true));
        });
    }

    @Test
    void everythingElseHasADefault() {
        assertThat(parse("[{\"path\":\"/a\",\"topic\":\"t\",\"send_rate\":-5,\"ignore_older\":0}]"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.service()).isEmpty();
                    assertThat(entry.id()).isEmpty();
                    assertThat(entry.sendRate()).isZero();
                    assertThat(entry.sendBytes()).isZero();
                    assertThat(entry.startPosition()).isEqualTo(StartPosition.BEGINNING);
                    assertThat(entry.encoding().name()).isEqualTo("UTF-8");
                    assertThat(entry.multiline()).isEmpty();
                    assertThat(entry.keepEmptyLines()).isFalse();
                    assertThat(entry.maxLineBytes()).isEqualTo(983_040);
                    assertThat(entry.ignoreOlder()).isEmpty();
                    assertThat(entry.closeIdle()).isEqualTo(Duration.ofMinutes(5));
                });
        assertThat(parse("[{\"path\":\"/a\",\"topic\":\"t\",\"multiline\":{\"pattern\":\"x\"}}]")
                        .get(0)
                        .multiline())
                .contains(new Multiline("x", false, Multiline.Match.AFTER, 500, Duration.ofSeconds(5)));
    }

    @Test
    void anEmptyArrayIsLegal() {
        assertThat(parse("[]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nosuch|1|is not a field that entries have",
                "topic|5|must be a string, is an integer",
                "topic|\"a b\"|is not a topic name",
                "topic|\"__consumer_offsets\"|is an internal topic",
                "topic|\"..\"|is not a topic name",
                "topic|\"\"|must not be empty",
                "log_path|\"/a/[x\"|is not a glob",
                "log_path|\"/a/\"|names a folder",
                "log_path|\" /a\"|begins or ends with white space",
                "log_path|\"/a\\u0000b\"|has a control character in it",
                "log_path|\"\\ud800\"|has half of a surrogate pair",
                "log_path|null|must be a string, is null",
                "send_rate|\"5\"|must be an integer, is a string",
                "send_rate|1.5|must be an integer, is a decimal number",
                "send_rate|99999999999999999999999|must be at most 1000000000",
                "send_bytes|true|must be an integer, is a boolean",
                "id|\"a\\u007cb\"|may have neither",
                "exclude|\"*.gz\"|must be an array of strings, is a string",
                "exclude|[\"{\"]|is not a glob",
                "exclude|[\"old/*.log\"]|compared with whole paths",
                "exclude|[\"./*.log\"]|compared with whole paths",
                "start_position|\"middle\"|must be 'beginning' or 'end'",
                "encoding|\"klingon\"|is not a character set known here",
                "encoding|\"UTF-16\"|leaves the byte order open",
                "encoding|\"x-JISAutoDetect\"|is a guess between character sets",
                "encoding|\"IBM037\"|its lines do not end in the byte 0x0A",
                "encoding|\"x-JIS0208\"|its lines do not end in the byte 0x0A",
                "encoding|\"ISO-2022-JP\"|what its bytes mean depends on bytes before them",
                "encoding|\"ISO-2022-KR\"|what its bytes mean depends on bytes before them",
                "keep_empty_lines|\"yes\"|must be true or false, is a string",
                "multiline|\"x\"|must be an object, is a string",
                "include_lines|[\"(\"]|is not a regular expression",
                "include_lines|[\"\"]|must not be empty",
                "exclude_lines|[1]|must be a string, is an integer",
                "max_line_bytes|1|must be from 16 to 16777216",
                "ignore_older|\"5 parsecs\"|must be a duration",
                "ignore_older|-1|must be a duration",
                "close_idle|0|must be longer than 0",
                "fields|[]|must be an object, is an array",
            })
    void aBadValueIsNamedWithItsEntryAndField(String field, String value, String reason) {
        String good = "{\"log_path\":\"/a\",\"topic\":\"t\"}";
        String others = field.equals("topic") ? "\"log_path\":\"/b\"" : "\"topic\":\"t\"";
        String path = field.equals("topic") || field.equals("log_path") ? "" : ",\"log_path\":\"/b\"";
        String json = "[" + good + ",{" + others + path + ",\"" + field + "\":" + value + "}]";
        EntryProblem problem = onlyProblem(json);
        assertThat(problem.entryNumber()).isEqualTo(2);
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.reason()).contains(reason);
        assertThatThrownBy(() -> parse(json))
                .hasMessageContaining("Entries in test refused: entry 2, field '" + field + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "multiline|{}|multiline.pattern|is missing",
                "multiline|{\"pattern\":\"x\",\"what\":1}|multiline.what|is not a field",
                "multiline|{\"pattern\":\"x\",\"max_lines\":0}|multiline.max_lines|must be from 1",
                "multiline|{\"pattern\":\"x\",\"timeout_ms\":\"5s\"}|multiline.timeout_ms|must be an integer",
                "fields|{\"a\":[]}|fields.a|must be a string, number or boolean",
                "fields|{\"a\":1e999}|fields.a|is too large a number",
                "fields|{\"host.name\":\"x\"}|fields.host.name|the connector itself writes",
                "fields|{\"log.flags\":\"x\"}|fields.log.flags|the connector itself writes",
                "fields|{\"message\":\"x\"}|fields.message|the connector itself writes",
                "fields|{\"a\":1,\"a\":2}|fields.a|is given twice",
            })
    void aBadNestedValueIsNamedWithItsPath(String field, String value, String path, String reason) {
        EntryProblem problem = onlyProblem("[{\"path\":\"/a\",\"topic\":\"t\",\"" + field + "\":" + value + "}]");
        assertThat(problem.field()).isEqualTo(path);
        assertThat(problem.reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|must be a JSON array of entries, is empty text",
                "{}|must be a JSON array of entries, is an object",
                "\"x\"|must be a JSON array of entries, is a string",
                "[] []|has something behind the array's end at line 1, column",
                "[{\"path\":\"/a\",\"topic\":\"t\"}|is not valid JSON",
                "[{path:1}]|is not valid JSON",
                "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]|is not valid JSON",
                "[1]|must be an object with the entry's fields",
                "[null]|must be an object with the entry's fields",
            })
    void whatIsNoListOfEntriesIsRefused(String json, String reason) {
        assertThat(onlyProblem(json).reason()).contains(reason);
    }

    @Test
    void aMistakeInTheJsonIsReportedWithItsLineAndColumnAndWithoutTheParsersOwnTerms() {
        String open = refusal("[\n  {\"path\":\"/a\",\"topic\":\"t\"\n").getMessage();
        assertThat(open)
                .contains("entry 1", "is not valid JSON", "start marker at line 2, column 3", "at line 3, column 1")
                .doesNotContain("Source", "REDACTED");
        assertThat(refusal("[{\"path\":\"/a\",}]").getMessage()).contains("line 1, column 15");
        assertThat(refusal("[".repeat(30)).getMessage())
                .contains("nesting depth")
                .doesNotContain("StreamReadConstraints");
        assertThat(refusal("[{\"" + "n".repeat(2_000) + "\":1}]").getMessage())
                .contains("Name length")
                .doesNotContain("StreamReadConstraints");
        assertThat(refusal("[{\"send_rate\":NaN}]").getMessage())
                .contains("'NaN'", "line 1, column 18")
                .doesNotContain("JsonReadFeature", "enable");
        assertThat(refusal("[// one\n]").getMessage())
                .contains("Unexpected character ('/'", "line 1, column 2")
                .doesNotContain("Feature", "ALLOW");
        assertThat(refusal("\uFEFF[]").getMessage()).contains("byte order mark");
    }

    @Test
    void aFieldMayNotBeGivenTwice() {
        assertThat(onlyProblem("[{\"path\":\"/a\",\"topic\":\"t\",\"topic\":\"u\"}]"))
                .isEqualTo(new EntryProblem(1, "topic", "\"u\"", "is given twice"));
    }

    @Test
    void onlyOneOfPathAndLogPathMayBeGiven() {
        assertThat(onlyProblem("[{\"path\":\"/a\",\"log_path\":\"/a\",\"topic\":\"t\"}]")
                        .reason())
                .contains("give one of the two");
    }

    @Test
    void onePathMayComeTwiceOnlyWithDifferentIds() {
        assertThat(onlyProblem("[{\"path\":\"/a\",\"topic\":\"t\"},{\"log_path\":\"/a\",\"topic\":\"u\"}]")
                        .reason())
                .contains("is the path of entry 1 too");
        assertThat(parse("[{\"path\":\"/a\",\"topic\":\"t\"},{\"path\":\"/a\",\"id\":\"x\",\"topic\":\"u\"}]"))
                .hasSize(2);
    }

    @Test
    void allProblemsOfAListAreFoundInOneLook() {
        InvalidEntriesException e =
                refusal("[{\"topic\":5},{\"path\":\"/a\",\"topic\":\"t\"},{\"path\":\"/b\",\"nosuch\":1}]");
        assertThat(e.source()).isEqualTo("test");
        assertThat(e.problems().stream().map(p -> p.entryNumber() + p.field()))
                .containsExactlyInAnyOrder("1log_path", "1topic", "3nosuch", "3topic");
    }

    @Test
    void valuesInMessagesAreBoundedAndOnOneLine() {
        String message = refusal("[{\"path\":\"/a\",\"topic\":\"" + "x\\n".repeat(100) + "\"}]")
                .getMessage();
        assertThat(message).hasSizeLessThan(400).doesNotContain("\n");
    }

    @Test
    void sizeAndCountAreCapped() {
        assertThat(onlyProblem("[" + " ".repeat(EntriesJson.MAX_CHARS) + "]").reason())
                .contains("at most 1048576 are read");
        String many = IntStream.rangeClosed(0, EntriesJson.MAX_ENTRIES)
                .mapToObj(i -> "{\"path\":\"/a" + i + "\",\"topic\":\"t\"}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(onlyProblem(many).reason()).contains("more than 10000 entries");
        String bad = "{},".repeat(5_000);
        assertThat(refusal("[" + bad + "{}]").getMessage())
                .hasSizeLessThan(3_000)
                .contains("more problems");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${file:/etc/passwd:root}", "$", "$$", "${env:HOME}"})
    void dollarSignsAreEscaped(String text) {
        String json = "[{\"path\":\"/a" + text + "\",\"topic\":\"t\",\"service\":\"" + text + "\",\"fields\":{\"" + text
                + "\":\"" + text + "\"}}]";
        List<Entry> entries = parse(json);
        String written = EntriesJson.write(entries);
        assertThat(written).doesNotContain("$").contains("\\u0024");
        assertThat(parse(written)).isEqualTo(entries);
    }

    private static List<Entry> parse(String json) {
        return EntriesJson.parse(json, "test");
    }

    private static EntryProblem onlyProblem(String json) {
        assertThat(refusal(json).problems()).hasSize(1);
        return refusal(json).problems().get(0);
    }

    private static InvalidEntriesException refusal(String json) {
        return catchThrowableOfType(InvalidEntriesException.class, () -> parse(json));
    }
}
