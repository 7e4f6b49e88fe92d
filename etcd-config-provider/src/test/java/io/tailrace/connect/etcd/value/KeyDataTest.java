package io.tailrace.connect.etcd.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDataTest {
    private static Map<String, String> of(String text) {
        return KeyData.of(Optional.of(text));
    }

    @Test
    void aMissingKeyHasNothing() {
        assertThat(KeyData.of(Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "[{\"path\":\"a\"}]", "12", "null", "\"quoted\"", "{\"a\":1} x", "{\"a\":1", "{a:1}"
            })
    void whatIsNoObjectIsWhole(String text) {
        assertThat(of(text)).isEqualTo(Map.of("value", text));
    }

    @Test
    void numbersKeepTheirDigitsAndOtherValuesAreCompactJson() {
        String text = "{ \"n\": 1.50, \"big\": 123456789012345678901234567890, \"e\": 1E+400,"
                + " \"t\": true, \"none\": null, \"deep\": [ {\"x\": 0.10}, \"\\u00e9\" ], \"s\": \"a\\nb\" }";
        assertThat(of(text))
                .containsEntry("n", "1.50")
                .containsEntry("big", "123456789012345678901234567890")
                .containsEntry("e", "1E+400")
                .containsEntry("t", "true")
                .containsEntry("none", "null")
                .containsEntry("deep", "[{\"x\":0.10},\"\u00e9\"]")
                .containsEntry("s", "a\nb")
                .containsEntry("value", text)
                .hasSize(8);
    }

    @Test
    void aFieldNamedValueHidesTheWhole() {
        assertThat(of("{\"value\":\"own\"}")).isEqualTo(Map.of("value", "own"));
    }

    @Test
    void theLastOfTwoFieldsCounts() {
        assertThat(of("{\"a\":1,\"a\":2}")).containsEntry("a", "2");
    }

    @Test
    void onlySomeNamesAreLeft() {
        assertThat(KeyData.only(Map.of("a", "1", "b", "2"), Set.of("b", "c"))).isEqualTo(Map.of("b", "2"));
    }

    @Property(tries = 300)
    void anyTextHasData(@ForAll String text) {
        assertThat(of(text)).containsKey(KeyData.WHOLE);
    }

    @Property(tries = 300)
    void anyObjectOfStringsComesBack(@ForAll Map<String, String> fields) throws IOException {
        String text = new ObjectMapper().writeValueAsString(fields);
        Map<String, String> expected = new HashMap<>(fields);
        expected.putIfAbsent(KeyData.WHOLE, text);
        assertThat(of(text)).isEqualTo(expected);
    }
}
