package io.tailrace.connect.filetail.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPolicyTest {
    private final PathPolicy varLog = PathPolicy.of(List.of("/var/log"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/var/log/a.log|/var/log/a.log",
                "/var/log/*.log|/var/log/*.log",
                "/var/log/**/{a,b}.log|/var/log/**/{a,b}.log",
                "/var/log//./x/../a.log|/var/log/a.log",
                "/var/spool/../log/a.log|/var/log/a.log",
                "/../var/log/a.log|/var/log/a.log",
                "/var/log/.../a.log|/var/log/.../a.log",
                "/var/log/..a/b..|/var/log/..a/b..",
                "/var/log/a\\[1].log|/var/log/a\\[1].log",
            })
    void pathsUnderAnAllowedFolderAreMadeAbsolute(String pattern, String absolute) {
        PathPolicy.Checked checked = varLog.check(pattern);
        assertThat(checked.refusal()).isEmpty();
        assertThat(checked.absolute()).isEqualTo(absolute);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/shadow",
                "/var/log/../../etc/shadow",
                "../../etc/shadow",
                "../../../../../../../../etc/shadow",
                "/var/logs/a.log",
                "/var/log.d/a.log",
                "/var/log./a.log",
                "/var/log../a.log",
                "/VAR/LOG/a.log",
                "/var/lo*/a.log",
                "/var/*/a.log",
                "/**",
                "/*",
                "*",
                "/{var/log,etc}/shadow",
                "/var/log",
                "/var/log/.",
                "/var/log/..",
                "/var/log/*/../../../etc/shadow",
                "/var/log/{a,../../etc}/shadow",
                "/var/log/{../../etc,a}/shadow",
                "/var/log/{..,a}/../etc/shadow",
                "/var/log/\\.\\./\\.\\./etc/shadow",
                "/var/log/[a]/../../../etc/shadow",
                "~/a.log",
                "./xx.log",
                "xx.log",
            })
    void everythingElseIsRefused(String pattern) {
        PathPolicy.Checked checked = varLog.check(pattern);
        assertThat(checked.refusal()).isPresent();
        assertThat(checked.absolute()).isEmpty();
    }

    @Test
    void theReasonSaysWhatIsAllowed() {
        assertThat(varLog.check("/etc/shadow").refusal()).hasValue("lies outside of allowed.paths [/var/log]");
        assertThat(varLog.check("/etc/*").refusal())
                .hasValue("lies outside of allowed.paths [/var/log] (it looks in /etc)");
    }

    @Test
    void relativePathsAreTakenFromTheWorkingDirectory() {
        Path here = Path.of("").toAbsolutePath();
        assertThat(PathPolicy.of(List.of(here.toString())).check("./xx.log").absolute())
                .isEqualTo(here.resolve("xx.log").toString());
    }

    @Test
    void allowedFoldersMustBeAbsolute() {
        assertThatThrownBy(() -> PathPolicy.of(List.of("var/log")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'var/log' is not an absolute path");
    }

    @Test
    void realPathsAreAllowedUnderTheRealFolder(@TempDir Path temp) throws IOException {
        Path real = Files.createDirectories(temp.toRealPath().resolve("data/log"));
        Path link = Files.createSymbolicLink(temp.toRealPath().resolve("log"), real);
        Path file = Files.writeString(real.resolve("a.log"), "x");
        Path secret = Files.writeString(temp.toRealPath().resolve("secret"), "x");
        Path leak = Files.createSymbolicLink(real.resolve("leak.log"), secret);
        PathPolicy policy = PathPolicy.of(List.of(link.toString()));
        assertThat(policy.allows(file.toRealPath())).isTrue();
        assertThat(policy.allows(link.resolve("a.log").toRealPath())).isTrue();
        assertThat(policy.allows(leak.toRealPath())).isFalse();
        assertThat(policy.allows(temp.toRealPath().resolve("data/logs"))).isFalse();
    }

    @Test
    void aFolderThatAppearsLaterCounts(@TempDir Path temp) throws IOException {
        Path folder = temp.toRealPath().resolve("later");
        PathPolicy policy = PathPolicy.of(List.of(folder.toString()));
        assertThat(policy.allows(folder.resolve("a.log"))).isFalse();
        Files.createDirectories(folder);
        assertThat(policy.allows(folder.resolve("a.log"))).isTrue();
    }
}
