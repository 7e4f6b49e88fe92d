package io.tailrace.console.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tailrace.console.http.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceMergeTest {
    private static final String OTHERS = "[{\"path\":\"/a\",\"topic\":\"a\",\"service\":\"x\"},"
            + "{\"path\":\"/b\",\"topic\":\"b\",\"service\":\"old\"},{\"path\":\"/c\",\"topic\":\"c\"}]";

    private static ServiceMerge merge(String service, String entries) throws JsonProcessingException {
        return new ServiceMerge(service, (ArrayNode) Json.read(entries));
    }

    private static String merged(ServiceMerge merge, String text) throws JsonProcessingException {
        return Json.read(merge.into(Optional.of(text)).orElseThrow()).toString();
    }

    @Test
    void aServicesEntriesAreReplacedInTheirPlace() throws JsonProcessingException {
        assertThat(merged(merge("old", "[{\"path\":\"/n\",\"topic\":\"n\"}]"), OTHERS))
                .isEqualTo("[{\"path\":\"/a\",\"topic\":\"a\",\"service\":\"x\"},"
                        + "{\"path\":\"/n\",\"topic\":\"n\",\"service\":\"old\"},{\"path\":\"/c\",\"topic\":\"c\"}]");
        assertThat(merged(merge("new", "[{\"path\":\"/n\",\"topic\":\"n\"}]"), OTHERS))
                .endsWith("{\"path\":\"/n\",\"topic\":\"n\",\"service\":\"new\"}]");
        assertThat(merged(merge("old", "[]"), OTHERS)).doesNotContain("old");
    }

    @Test
    void whatIsRightAlreadyStaysAsItIsWritten() throws JsonProcessingException {
        assertThat(merge("x", "[{\"path\":\"/a\",\"topic\":\"a\"}]").into(Optional.of(OTHERS)))
                .hasValue(OTHERS);
        assertThat(merge("y", "[]").into(Optional.of(OTHERS))).hasValue(OTHERS);
    }

    @Test
    void aListIsMadeWhereThereIsNoneAndNotWhereThereIsSomethingElse() throws JsonProcessingException {
        ServiceMerge merge = merge("x", "[{\"path\":\"/a\",\"topic\":\"a\"}]");
        assertThat(merge.into(Optional.empty()).orElseThrow())
                .startsWith("[\n  {")
                .endsWith("}\n]\n");
        assertThat(merge.into(Optional.of("{}"))).isEmpty();
        assertThat(merge.into(Optional.of("[{"))).isEmpty();
    }
}
