package io.tailrace.connect.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonObjectScannerTest {

    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonObjectScanner scanner = new JsonObjectScanner();

    @Property(tries = 2000)
    void takesWhatJacksonTakes(@ForAll("objects") String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(scanner.scan(bytes)).isTrue();
        assertThat(namesFound()).isEqualTo(namesByJackson(json));
    }

    @Property(tries = 10_000)
    void agreesWithJacksonOnMutatedObjects(@ForAll("mutated") byte[] bytes) {
        assertThat(scanner.scan(bytes)).isEqualTo(isObject(bytes));
    }

    @Property(tries = 5000)
    void agreesWithJacksonOnJsonLikeText(@ForAll("jsonLike") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(scanner.scan(bytes)).isEqualTo(isObject(bytes));
    }

    @Property(tries = 5000)
    void agreesWithJacksonOnAnyBytes(@ForAll byte[] bytes) {
        assertThat(scanner.scan(bytes)).isEqualTo(isObject(bytes));
        byte[] inString = ("{\"a\":\"" + new String(bytes, StandardCharsets.ISO_8859_1) + "\"}")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(scanner.scan(inString)).isEqualTo(isObject(inString));
    }

    @Property(tries = 2000)
    void lineBreaksOfObjectsAreInsignificant(@ForAll("objects") String json) throws JsonProcessingException {
        byte[] replaced = LineBreaks.replaced(json.getBytes(StandardCharsets.UTF_8));
        assertThat(replaced).doesNotContain('\n', '\r');
        assertThat(STRICT.readTree(new String(replaced, StandardCharsets.UTF_8)))
                .isEqualTo(STRICT.readTree(json));
    }

    /** The last byte of that character's number is an E. */
    @Example
    void noOtherCharacterIsADigit() {
        byte[] bytes = "{\"a\":\"\\u003\u4c45\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(isObject(bytes)).isFalse();
        assertThat(scanner.scan(bytes)).isFalse();
    }

    @Example
    void stopsWhereJacksonStops() {
        for (int levels : new int[] {1, 999, 1000, 1001, 5000}) {
            String json = "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
            if (levels == 1) {
                json = "{}";
            }
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertThat(scanner.scan(bytes)).as("%d levels", levels).isEqualTo(isObject(bytes));
        }
    }

    @Provide
    Arbitrary<String> objects() {
        return JsonArbitraries.objects();
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        Arbitrary<Byte> anyByte = Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of("{}[]\",:\\ \n\r\t0123456789.eE+-truefalsn\u0001/u"
                        .chars()
                        .mapToObj(c -> (byte) c)
                        .toList()));
        return JsonArbitraries.objects().flatMap(json -> {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            return Arbitraries.integers()
                    .between(0, bytes.length - 1)
                    .flatMap(at -> anyByte.flatMap(b -> Arbitraries.of(
                            replaced(bytes, at, b), inserted(bytes, at, b), removed(bytes, at), truncated(bytes, at))));
        });
    }

    @Provide
    Arbitrary<String> jsonLike() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"a\"",
                        "\"\"",
                        ":",
                        ",",
                        " ",
                        "\n",
                        "0",
                        "-1",
                        "1.5e3",
                        "01",
                        "-",
                        "1.",
                        ".5",
                        "1e",
                        "true",
                        "null",
                        "NaN",
                        "\\u00e9",
                        "\"\\u00e9\"",
                        "\"\\x\"",
                        "\"\t\"",
                        "\uFEFF")
                .list()
                .ofMaxSize(12)
                .map(parts -> "{" + String.join("", parts) + "}");
    }

    private List<String> namesFound() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < scanner.members().count(); i++) {
            names.add(new String(scanner.members().name(i), StandardCharsets.UTF_8));
        }
        return names.stream().distinct().toList();
    }

    private static List<String> namesByJackson(String json) {
        try {
            List<String> names = new ArrayList<>();
            STRICT.readTree(json).fieldNames().forEachRemaining(names::add);
            return names;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Jackson's reading of well-formed text: what isn't UTF-8 is no JSON, though Jackson's own decoder is lenient; nor is an
     * escape with a digit that is none, which its reader of characters takes, and its reader of bytes, as servers use it,
     * doesn't.
     */
    private static boolean isObject(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return STRICT.readTree(text).isObject() && STRICT.readTree(bytes).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] replaced(byte[] bytes, int at, byte b) {
        byte[] copy = bytes.clone();
        copy[at] = b;
        return copy;
    }

    private static byte[] inserted(byte[] bytes, int at, byte b) {
        return ByteBuffer.allocate(bytes.length + 1)
                .put(bytes, 0, at)
                .put(b)
                .put(bytes, at, bytes.length - at)
                .array();
    }

    private static byte[] removed(byte[] bytes, int at) {
        return ByteBuffer.allocate(bytes.length - 1)
                .put(bytes, 0, at)
                .put(bytes, at + 1, bytes.length - at - 1)
                .array();
    }

    private static byte[] truncated(byte[] bytes, int at) {
        return Arrays.copyOf(bytes, at);
    }
}
