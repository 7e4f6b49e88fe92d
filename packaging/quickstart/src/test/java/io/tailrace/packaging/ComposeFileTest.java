package io.tailrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can be said of docker-compose.yml without Docker. */
class ComposeFileTest {

    private static final Path REPOSITORY = Path.of(System.getProperty("tailrace.repository"));

    /** Made by the build or by Docker. */
    private static final Set<String> MADE_LATER = Set.of("./packaging/quickstart/target/plugins", "./.compose/logs");

    private final JsonNode compose = read();

    @Test
    void everyImageHasAVersion() {
        compose.path("services")
                .forEach(service -> assertThat(service.path("image").asText()).matches("[^:]+:v?\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void everyServiceThatStaysTellsItsHealth() {
        compose.path("services").properties().stream()
                .filter(service -> !service.getKey().equals("setup"))
                .forEach(service -> assertThat(service.getValue().has("healthcheck"))
                        .as(service.getKey())
                        .isTrue());
    }

    @Test
    void everyServiceThatIsWaitedForIsThere() {
        compose.path("services")
                .forEach(service -> service.path("depends_on")
                        .fieldNames()
                        .forEachRemaining(
                                name -> assertThat(compose.path("services").has(name))
                                        .as(name)
                                        .isTrue()));
    }

    @Test
    void everyFolderThatIsMountedIsThere() {
        List<String> folders = new ArrayList<>();
        compose.path("services")
                .forEach(service -> service.path("volumes")
                        .forEach(volume -> folders.add(volume.asText().split(":", -1)[0])));
        assertThat(folders)
                .filteredOn(folder -> folder.startsWith(".") && !MADE_LATER.contains(folder))
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(REPOSITORY.resolve(folder)).isDirectory());
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper()
                    .readTree(REPOSITORY.resolve("docker-compose.yml").toFile());
        } catch (IOException e) {
            throw new AssertionError("docker-compose.yml is no YAML", e);
        }
    }
}
