package io.tailrace.connect.elasticsearch.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random JSON text, in all the ways it can be spaced. */
final class JsonArbitraries {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonArbitraries() {}

    static Arbitrary<String> objects() {
        return object(Arbitraries.lazyOf(
                JsonArbitraries::scalars,
                JsonArbitraries::scalars,
                JsonArbitraries::scalars,
                () -> objects(),
                JsonArbitraries::arrays));
    }

    private static Arbitrary<String> object(Arbitrary<String> values) {
        Arbitrary<String> member = Arbitraries.of(true, false, false)
                .flatMap(odd -> odd ? strings() : plainNames())
                .flatMap(name -> space().flatMap(space -> values.map(value -> name + space + ":" + space + value)));
        return member.list().ofMaxSize(4).flatMap(members -> spaced(members, "{", "}"));
    }

    private static Arbitrary<String> arrays() {
        return scalars().list().ofMaxSize(4).flatMap(elements -> spaced(elements, "[", "]"));
    }

    private static Arbitrary<String> spaced(List<String> parts, String open, String close) {
        return space().map(space ->
                space + open + space + String.join(space + "," + space, parts) + space + close + space);
    }

    private static Arbitrary<String> scalars() {
        return Arbitraries.oneOf(
                strings(),
                Arbitraries.of("true", "false", "null", "0", "-0", "0.0", "-1.5E+10", "1e-7", "\"\\u00E9\\n\\/\""),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf));
    }

    private static Arbitrary<String> plainNames() {
        return Arbitraries.of("host", "host.name", "message", "log", "a", "b.c").map(name -> "\"" + name + "\"");
    }

    static Arbitrary<String> strings() {
        return Arbitraries.strings().all().ofMaxLength(8).map(JsonArbitraries::quoted);
    }

    private static Arbitrary<String> space() {
        return Arbitraries.of("", "", "", " ", "\n", "\r\n", "\t ");
    }

    /** Half of a surrogate pair has no form in UTF-8. */
    private static String quoted(String text) {
        String wellFormed = text.codePoints()
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        try {
            return MAPPER.writeValueAsString(wellFormed);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
