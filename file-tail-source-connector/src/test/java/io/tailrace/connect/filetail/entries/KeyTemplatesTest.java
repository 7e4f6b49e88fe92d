package io.tailrace.connect.filetail.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplatesTest {
    private final HostFacts host = new HostFacts("id1", "web1", List.of("10.0.0.7", "2001:db8::1"));

    @Test
    void templatesAreFilledInInOrder() {
        KeyTemplates templates =
                KeyTemplates.of(List.of("/all/conf", "/{hostname}/conf", "/{host.id}/conf", "/{ip}/conf", "/old/%s"));
        assertThat(templates.expand(host))
                .containsExactly(
                        "/all/conf",
                        "/web1/conf",
                        "/id1/conf",
                        "/10.0.0.7/conf",
                        "/2001:db8::1/conf",
                        "/old/10.0.0.7",
                        "/old/2001:db8::1");
    }

    @Test
    void aNameThatLooksLikeAPlaceholderIsNone() {
        HostFacts odd = new HostFacts("a%s$1{ip}", "{host.id}\\", List.of("10.0.0.7"));
        assertThat(KeyTemplates.of(List.of("/{host.id}/{hostname}", "/{ip}/{host.id}/%s"))
                        .expand(odd))
                .containsExactly("/a%s$1{ip}/{host.id}\\", "/10.0.0.7/a%s$1{ip}/10.0.0.7");
    }

    @Test
    void aHostWithoutAddressesHasNoAddressKeys() {
        HostFacts laptop = new HostFacts("id1", "web1", List.of());
        assertThat(KeyTemplates.of(List.of("/all", "/{ip}/conf")).expand(laptop))
                .containsExactly("/all");
    }

    @Test
    void aKeyThatComesTwiceCountsAtItsLastPlace() {
        assertThat(KeyTemplates.of(List.of("/web1", "/all", "/{hostname}")).expand(host))
                .containsExactly("/all", "/web1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/{nosuch}/x|{nosuch}",
                "/{}/x|{}",
                "/{ip/x|without its partner",
                "/ip}/x|without its partner",
                "' '|blank"
            })
    void unknownPlaceholdersAreNamed(String template, String named) {
        assertThatThrownBy(() -> KeyTemplates.of(List.of(template)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(template)
                .hasMessageContaining(named);
    }

    @Test
    void onlyGlobalUnicastAddressesCount() {
        List<InetAddress> all = Stream.of(
                        "fe80::1",
                        "::1",
                        "127.0.0.1",
                        "169.254.1.1",
                        "224.0.0.1",
                        "255.255.255.255",
                        "0.0.0.0",
                        "ff02::1",
                        "2001:db8:0:0:1:0:0:1",
                        "fd00::2",
                        "192.168.1.4",
                        "172.17.0.1",
                        "10.1.2.3",
                        "8.8.8.8",
                        "10.1.2.3")
                .map(KeyTemplatesTest::address)
                .toList();
        assertThat(HostFacts.texts(all))
                .containsExactly("8.8.8.8", "10.1.2.3", "172.17.0.1", "192.168.1.4", "2001:db8::1:0:0:1", "fd00::2");
    }

    @Property
    void shortTextsAreTheSameAddress(@ForAll @Size(16) byte[] bytes, @ForAll @Size(16) boolean[] zero)
            throws UnknownHostException {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = zero[i] ? 0 : bytes[i];
        }
        InetAddress address = InetAddress.getByAddress(bytes);
        assertThat(InetAddress.getByName(HostFacts.text(address))).isEqualTo(address);
    }

    @Test
    void thisHostHasAName() {
        HostFacts here = HostFacts.detect("");
        assertThat(here.hostname()).isNotBlank();
        assertThat(here.hostId()).isEqualTo(here.hostname());
        assertThat(HostFacts.detect("other").hostId()).isEqualTo("other");
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
