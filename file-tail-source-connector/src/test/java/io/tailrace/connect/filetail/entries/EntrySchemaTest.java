package io.tailrace.connect.filetail.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema against an implementation of JSON Schema, and against what the connector itself accepts. */
class EntrySchemaTest {
    private static final Path SHIPPED = Path.of("..", "docs", "entries.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(EntrySchema.json());

    @Test
    void theShippedFileIsCurrent() throws IOException {
        if (Boolean.getBoolean("tailrace.docs.update")) {
            Files.writeString(SHIPPED, EntrySchema.json());
        }
        assertThat(Files.readString(SHIPPED))
                .as("%s is current; if not, run the tests of this module with -Dtailrace.docs.update=true", SHIPPED)
                .isEqualTo(EntrySchema.json());
    }

    @Test
    void itIsASchemaItself() throws IOException {
        JsonSchema ofSchemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));
        assertThat(ofSchemas.validate(JSON.readTree(EntrySchema.json()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"service\":\"nginx\",\"log_path\":\"/var/log/nginx/*.log\",\"topic\":\"nginx_log\",\"send_rate\":1000}]",
                "[{\"path\":\"./xx.log\",\"topic\":\"web_log\"}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"send_rate\":-5,\"ignore_older\":0,\"close_idle\":\"5m\"}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"multiline\":{\"pattern\":\"^x\",\"match\":\"before\"},\"fields\":{\"a\":1.5}}]",
            })
    void acceptedListsFitIt(String json) throws IOException {
        assertThat(EntriesJson.parse(json, "test")).isNotNull();
        assertThat(problems(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[{}]",
                "[{\"path\":\"/a\"}]",
                "[{\"topic\":\"t\"}]",
                "[{\"path\":\"/a\",\"log_path\":\"/a\",\"topic\":\"t\"}]",
                "[{\"path\":\"\",\"topic\":\"t\"}]",
                "[{\"path\":\"/a\",\"topic\":\"a b\"}]",
                "[{\"path\":\"/a\",\"topic\":\"__x\"}]",
                "[{\"path\":\"/a\",\"topic\":\"..\"}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"nosuch\":1}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"send_rate\":\"5\"}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"send_rate\":99999999999}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"id\":\"a|b\"}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"exclude\":\"*.gz\"}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"start_position\":\"middle\"}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"multiline\":{}}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"multiline\":{\"pattern\":\"x\",\"what\":1}}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"include_lines\":[\"\"]}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"max_line_bytes\":1}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"ignore_older\":\"5 parsecs\"}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"ignore_older\":-1}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"fields\":{\"a\":[]}}]",
                "[{\"path\":\"/a\",\"topic\":\"t\",\"fields\":{\"host.name\":\"x\"}}]",
            })
    void refusedListsDoNot(String json) throws IOException {
        assertThatThrownBy(() -> EntriesJson.parse(json, "test")).isInstanceOf(InvalidEntriesException.class);
        assertThat(problems(json)).isNotEmpty();
    }

    @Property(tries = 200)
    void whateverIsAcceptedFits(@ForAll("lists") List<Entry> entries) throws IOException {
        assertThat(problems(EntriesJson.write(entries))).isEmpty();
    }

    @Provide
    Arbitrary<List<Entry>> lists() {
        return EntryArbitraries.lists();
    }

    private static Set<ValidationMessage> problems(String json) throws IOException {
        return SCHEMA.validate(JSON.readTree(json));
    }
}
