package io.tailrace.connect.filetail.tail.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @TempDir
    Path dir;

    @Test
    void saysThatThereAreMoreFilesThanItMayFind() throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.createFile(dir.resolve("f" + i));
        }
        Files.createDirectory(dir.resolve("f7"));
        for (String pattern : List.of(dir + "/f*", dir.getParent() + "/**/f[0-9]")) {
            Directories enough = new Directories();
            assertThat(find(pattern, 5, enough)).hasSize(5);
            assertThat(enough.problems()).isEmpty();
            Directories tooFew = new Directories();
            assertThat(find(pattern, 4, tooFew)).hasSize(4);
            assertThat(tooFew.problems())
                    .containsOnly(
                            Map.entry(Path.of(pattern), "it matches more than 4 files; those beyond are left out"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/logs/app.log, app.log",
        "/logs/app*.log, app",
        "/logs/*/app.log, app.log",
        "/logs/**/app.log, ''",
        "'/logs/{a,b}.log', ''",
        "/, ''"
    })
    void knowsWhatNamesBeginWith(String pattern, String begin) {
        assertThat(Glob.of(pattern, List.of(), path -> true).namesBegin()).isEqualTo(begin);
    }

    @Test
    void foldersBetweenSlashesMayBeNone() throws IOException {
        List<String> all = List.of("svc/f.log", "svc/x/f.log", "a/svc/f.log", "a/svc/x/f.log", "a/b/svc/f.log");
        for (String file : all) {
            Files.createDirectories(dir.resolve(file).getParent());
            Files.createFile(dir.resolve(file));
        }
        assertThat(find("/**/svc/**/*.log")).containsExactlyInAnyOrderElementsOf(all);
        assertThat(find("/**/**/svc/*.log")).containsExactlyInAnyOrder("svc/f.log", "a/svc/f.log", "a/b/svc/f.log");
        assertThat(find("/{a,svc}/**/f.log")).containsExactlyInAnyOrderElementsOf(all);
        assertThat(find("/**/*.log", dir + "/**/svc/**/f.log")).isEmpty();
        assertThat(find("/**/*.log", dir + "/svc/**/f.log"))
                .containsExactlyInAnyOrder("a/svc/f.log", "a/svc/x/f.log", "a/b/svc/f.log");
    }

    private List<String> find(String pattern, String... exclude) {
        return Glob.of(dir + pattern, List.of(exclude), path -> true).find(new Directories()).keySet().stream()
                .map(path -> dir.relativize(path).toString())
                .toList();
    }

    /** But for the last of the files. */
    private Map<Path, FileStat> find(String pattern, int max, Directories directories) {
        return Glob.of(pattern, List.of("f5"), path -> path.startsWith(dir), max)
                .find(directories);
    }
}
