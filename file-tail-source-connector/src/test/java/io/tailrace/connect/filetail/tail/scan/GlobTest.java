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
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @TempDir
    Path dir;

    @Test
    void saysThatThereAreMoreFilesThanItMayFind() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("folder"));
        for (int i = 0; i < 6; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        Files.createDirectory(folder.resolve("f7"));
        for (String pattern : List.of(folder + "/f*", dir + "/**/f[0-9]")) {
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

    /** However the pattern comes to them. */
    @ParameterizedTest
    @ValueSource(strings = {"/*/*.conf", "/**/*.conf", "/l*k/sub/*.conf", "/link/*.conf", "/link/**/*.conf"})
    void looksIntoNoFolderThatALinkOutsideLeadsTo(String pattern, @TempDir Path outside) throws IOException {
        Path inside = Files.createDirectory(dir.resolve("inside"));
        Files.createFile(inside.resolve("a.conf"));
        Files.createFile(outside.resolve("a.conf"));
        Files.createFile(Files.createDirectory(outside.resolve("sub")).resolve("b.conf"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), outside);
        Path known = Files.createSymbolicLink(dir.resolve("known"), outside);
        Directories directories = new Directories();
        Glob glob = Glob.of(dir + pattern, List.of("known"), path -> path.startsWith(dir));
        assertThat(glob.find(directories)).doesNotContainKey(link.resolve("a.conf"));
        assertThat(directories.listedUnder(link)).isEmpty();
        assertThat(directories.listedUnder(known)).isEmpty();
        assertThat(directories.problems())
                .containsOnly(Map.entry(link, "it leads to " + outside + ", which is not under allowed.paths"));
    }

    @Test
    void looksIntoFoldersThatLinksInsideLeadTo() throws IOException {
        Path inside = Files.createDirectory(dir.resolve("inside"));
        Files.createFile(inside.resolve("a.conf"));
        Files.createSymbolicLink(dir.resolve("link"), inside);
        Files.createSymbolicLink(inside.resolve("circle"), dir);
        assertThat(find("/*/a.conf")).containsExactly("inside/a.conf", "link/a.conf");
        assertThat(find("/**/a.conf")).containsExactly("inside/a.conf");
    }

    @Test
    void looksIntoFoldersHoweverDeepTheyAre() throws IOException {
        Path deep = dir.resolve("d/".repeat(300));
        Files.createDirectories(deep);
        Files.createFile(deep.resolve("a.log"));
        assertThat(find("/**/*.log")).containsExactly("d/".repeat(300) + "a.log");
    }

    @Test
    void saysThatThereAreMoreNamesThanItLooksAt() throws IOException {
        for (String name : List.of("a/1", "a/2", "b/1", "c/1")) {
            Files.createDirectories(dir.resolve(name));
        }
        for (String pattern : List.of(dir + "/*/*/x", dir + "/**/x")) {
            Glob glob = Glob.of(pattern, List.of(), path -> true, new Glob.Limits(100, 7));
            Directories enough = new Directories();
            assertThat(glob.find(enough)).isEmpty();
            assertThat(enough.problems()).isEmpty();
            Files.createDirectory(dir.resolve("b/2"));
            Directories tooFew = new Directories();
            glob.find(tooFew);
            assertThat(tooFew.problems())
                    .containsOnly(Map.entry(
                            Path.of(pattern),
                            "it has to look at more than 7 names; " + dir.resolve("c")
                                    + " and what comes after it is left out"));
            Files.delete(dir.resolve("b/2"));
        }
    }

    private List<String> find(String pattern, String... exclude) {
        return Glob.of(dir + pattern, List.of(exclude), path -> true).find(new Directories()).keySet().stream()
                .map(path -> dir.relativize(path).toString())
                .toList();
    }

    /** But for the last of the files. */
    private Map<Path, FileStat> find(String pattern, int max, Directories directories) {
        return Glob.of(pattern, List.of("f5"), path -> path.startsWith(dir), new Glob.Limits(max, Integer.MAX_VALUE))
                .find(directories);
    }
}
