package io.tailrace.connect.elasticsearch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.elasticsearch.http.ConnectionCheck.Finding;
import io.tailrace.connect.elasticsearch.id.IdStrategy;
import io.tailrace.connect.elasticsearch.malformed.MalformedPolicy;
import io.tailrace.connect.elasticsearch.target.TargetKind;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkConfigTest {

    @Test
    void everyKeyWithItsDefault() {
        Map<String, Object> defaults = new HashMap<>();
        SinkConfig.definition().configKeys().forEach((name, key) -> defaults.put(name, key.defaultValue));
        Map<String, Object> expected = new HashMap<>();
        expected.put("connection.url", ConfigDef.NO_DEFAULT_VALUE);
        expected.put("connection.username", null);
        expected.put("connection.password", null);
        expected.put("connection.api.key", null);
        expected.put("connection.timeout.ms", 5_000);
        expected.put("read.timeout.ms", 60_000);
        expected.put("connection.bearer.token", null);
        expected.put("connection.compression", false);
        expected.put("validate.connection", true);
        expected.put("tls.ca.file", null);
        expected.put("tls.cert.file", null);
        expected.put("tls.key.file", null);
        expected.put("tls.verify.hostname", true);
        for (String store : List.of("elastic.https.ssl.truststore", "elastic.https.ssl.keystore")) {
            expected.put(store + ".location", null);
            expected.put(store + ".password", null);
            expected.put(store + ".type", "JKS");
        }
        expected.put("elastic.https.ssl.key.password", null);
        expected.put("proxy.host", null);
        expected.put("proxy.port", 8080);
        expected.put("proxy.username", null);
        expected.put("proxy.password", null);
        expected.put("index", "{topic}");
        expected.put("index.date.zone", "UTC");
        expected.put("index.topic.regex", null);
        expected.put("index.topic.replacement", "");
        expected.put("topic.to.external.resource.mapping", List.of());
        expected.put("external.resource.usage", "disabled");
        expected.put("data.stream.type", "none");
        expected.put("data.stream.dataset", "");
        expected.put("data.stream.namespace", "${topic}");
        expected.put("timestamp.add", false);
        expected.put("timestamp.field", List.of());
        expected.put("data.stream.timestamp.field", List.of());
        expected.put("header.fields", List.of());
        expected.put("id.strategy", "offset");
        expected.put("id.field", null);
        expected.put("key.ignore", null);
        expected.put("write.method", "insert");
        expected.put("version.from", "auto");
        expected.put("external.version.header", null);
        expected.put("routing", null);
        expected.put("pipeline", null);
        for (String key :
                List.of("ilm.policy.name", "ilm.policy", "index.template.name", "index.template", "data.stream")) {
            expected.put("setup." + key, null);
        }
        expected.put("setup.overwrite", false);
        expected.put("behavior.on.null.values", "fail");
        expected.put("behavior.on.malformed.documents", "fail");
        expected.put("batch.size", 5_000);
        expected.put("bulk.size.bytes", 5 * 1024 * 1024);
        expected.put("linger.ms", 50L);
        expected.put("max.in.flight.requests", 3);
        expected.put("max.buffered.bytes", 64L * 1024 * 1024);
        assertThat(defaults).isEqualTo(expected);
    }

    @Test
    void everyKeyIsDocumented() {
        SinkConfig.definition().configKeys().values().forEach(key -> {
            assertThat(key.documentation).as(key.name).isNotBlank();
            assertThat(key.group).as(key.name).isNotBlank();
        });
    }

    @Test
    void readsASmallConfiguration() {
        SinkConfig config = SinkConfig.parse(with("connection.url", "http://a:9200, https://b:9201"));
        assertThat(config.connection().urls())
                .extracting(Object::toString)
                .containsExactly("http://a:9200", "https://b:9201");
        assertThat(config.document().malformed()).isEqualTo(MalformedPolicy.FAIL);
        assertThat(config.target().index()).hasToString("{topic}");
        assertThat(errors(with("tasks.max", "3"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection.url | '' | at least one URL",
                "connection.url | localhost:9200 | must look like http",
                "connection.url | ftp://a | must look like http",
                "connection.url | http://a:9200,http://b:9200/es | same path",
                "connection.url | http://a:9200,http://a:9200 | twice",
                "connection.url | http://a:9200/?x=1 | query",
                "connection.url | 'http://a b' | not a URL",
                "index | {field:} | unknown placeholder",
                "index | a-{date:yyyyyyyyyyyyyyy} | date pattern 'yyyyyyyyyyyyyyy'",
                "index.date.zone | Mars/Olympus | no time zone",
                "index.topic.regex | ( | no regular expression",
                "index.topic.replacement | x | needs index.topic.regex",
                "topic.to.external.resource.mapping | a | not of the form",
                "topic.to.external.resource.mapping | a:B | lower case",
                "external.resource.usage | table | table",
                "data.stream.type | logs | data.stream.dataset",
                "data.stream.dataset | x | needs data.stream.type",
                "header.fields | a: | not of the form",
                "header.fields | tailrace:meta | joins every document",
                "header.fields | when:@timestamp | @timestamp",
                "proxy.port | 3128 | needs proxy.host",
                "elastic.https.ssl.truststore.password | secret | needs elastic.https.ssl.truststore.location",
                "elastic.https.ssl.keystore.password | secret | needs elastic.https.ssl.keystore.location",
                "elastic.https.ssl.key.password | secret | needs elastic.https.ssl.keystore.location",
                "topic.index.map | a:b | topic.to.external.resource.mapping",
                "connection.url | http://es_1:9200 | es_1",
                "write.method | upsert | needs id.strategy=key or field",
                "write.method | replace | replace",
                "version.from | offset | needs write.method=index",
                "external.version.header | v | needs write.method=index",
                "id.field | x | needs id.strategy=field",
                "id.strategy | field | id.field",
                "id.strategy | none | none",
                "pipeline | {x} | unknown placeholder",
                "setup.index.template | {} | setup.index.template.name",
                "setup.index.template.name | logs | setup.index.template",
                "setup.ilm.policy | [] | must be a JSON object",
                "setup.ilm.policy | '{' | not JSON",
                "tls.ca.file | /none/ca.pem | there is no file",
                "proxy.username | me | proxy.password",
                "connection.header.Content-Type | x | set by the sink itself",
                "connection.header.a b | x | no name of an HTTP header",
                "index | Logs | lower case",
                "behavior.on.null.values | delete | delete needs id.strategy=key",
                "behavior.on.null.values | skip | skip",
                "behavior.on.malformed.documents | drop | drop",
                "batch.size | 0 | at least 1",
                "linger.ms | -1 | at least 0",
                "max.in.flight.requests | 11 | no more than 10",
                "max.buffered.bytes | 2000000 | must not be less than bulk.size.bytes",
                "connection.username | me | connection.password",
                "connection.password | secret | connection.username",
                "key.ignore | maybe | either true or false",
                "schema.ignore | false | mappings are never made",
                "use.autogenerated.ids | true | another one each time",
                "kerberos.user.principal | me | Kerberos is not supported",
                "elastic.security.protocol | SSL | begin with https",
                "elastic.https.ssl.truststore.location | /x | there is no file"
            })
    void refuses(String key, String value, String expected) {
        Map<String, String> properties = with(key, value);
        assertThat(errors(properties)).hasSize(1).allSatisfy((k, messages) -> {
            assertThat(messages).hasSize(1);
            assertThat(messages.get(0)).contains(expected);
        });
        assertThatThrownBy(() -> SinkConfig.parse(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }

    /** Otherwise the first record that matches would fail the task. */
    @ParameterizedTest
    @CsvSource({"(a)b, $2", "a, ${name}", "a, x$", "a, x\\"})
    void refusesReplacementsThatItsRegexHasNoGroupsFor(String regex, String replacement) {
        Map<String, String> properties = with("index.topic.regex", regex);
        properties.put("index.topic.replacement", replacement);
        assertThat(errors(properties)).containsOnlyKeys("index.topic.replacement");
        assertThat(errors(properties).get("index.topic.replacement"))
                .singleElement()
                .asString()
                .contains(replacement);
        properties.put("index.topic.regex", "(?<name>a)(b)$");
        properties.put("index.topic.replacement", "${name}-$2");
        assertThat(errors(properties)).isEmpty();
    }

    @Test
    void problemsBetweenKeysAreSaidOnTheKeyToChange() {
        assertThat(errors(with("connection.username", "me"))).containsOnlyKeys("connection.password");
        assertThat(errors(with("schema.ignore", "false"))).containsOnlyKeys("schema.ignore");
        Map<String, String> both = with("connection.api.key", "abc");
        both.put("connection.username", "me");
        both.put("connection.password", "secret");
        assertThat(errors(both)).containsOnlyKeys("connection.api.key");
    }

    @Test
    void deadLetterQueueNeedsConnectsOwnSettings() {
        Map<String, String> properties = with("behavior.on.malformed.documents", "dlq");
        assertThat(errors(properties).get("behavior.on.malformed.documents")).hasSize(2);
        properties.put("errors.tolerance", "all");
        assertThat(errors(properties).get("behavior.on.malformed.documents")).hasSize(1);
        properties.put("errors.deadletterqueue.topic.name", "dead");
        assertThat(errors(properties)).isEmpty();
        assertThat(SinkConfig.parse(properties).document().malformed()).isEqualTo(MalformedPolicy.DLQ);
    }

    @Test
    void keysOfOtherSinksThatAskForWhatHappensAnywayAreAccepted() {
        Map<String, String> properties = with("key.ignore", "true");
        properties.put("schema.ignore", "true");
        properties.put("write.method", "INSERT");
        properties.put("connection.compression", "false");
        assertThat(errors(properties)).isEmpty();
    }

    @Test
    void keyIgnoreChoosesTheIdStrategy() {
        assertThat(SinkConfig.parse(with("key.ignore", "false")).operations().ids())
                .isEqualTo(IdStrategy.KEY);
        assertThat(SinkConfig.parse(with("key.ignore", "true")).operations().ids())
                .isEqualTo(IdStrategy.OFFSET);
        Map<String, String> both = with("key.ignore", "true");
        both.put("id.strategy", "key");
        assertThat(errors(both)).containsOnlyKeys("key.ignore");
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedOnTheKeyToChange() {
        assertThat(errors(Map.of("id.strategy", "origin", "index", "{topic}-{date:yyyy}")))
                .containsOnlyKeys("index");
        assertThat(errors(Map.of("external.resource.usage", "datastream", "write.method", "index")))
                .containsOnlyKeys("write.method");
        assertThat(errors(Map.of("id.strategy", "key", "behavior.on.null.values", "delete", "index", "{field:a}")))
                .containsOnlyKeys("index");
        assertThat(errors(Map.of("id.strategy", "key", "behavior.on.null.values", "delete", "index", "{date:yyyy}")))
                .containsOnlyKeys("index");
        assertThat(errors(Map.of(
                        "id.strategy", "key",
                        "behavior.on.null.values", "delete",
                        "external.resource.usage", "datastream")))
                .containsOnlyKeys("behavior.on.null.values");
        assertThat(errors(Map.of("id.strategy", "key", "write.method", "upsert", "pipeline", "p")))
                .containsOnlyKeys("pipeline");
        assertThat(errors(Map.of("data.stream.type", "logs", "data.stream.dataset", "a", "index", "b")))
                .containsOnlyKeys("index");
        assertThat(errors(Map.of("connection.bearer.token", "t", "connection.api.key", "k")))
                .containsOnlyKeys("connection.bearer.token");
    }

    @Test
    void aMalformedDataSetIsSaidOnItsKey() {
        assertThat(errors(Map.of("data.stream.type", "logs", "data.stream.dataset", "{x}", "id.strategy", "origin")))
                .containsOnlyKeys("data.stream.dataset");
    }

    /** Unlike those of indices and templates. */
    @Test
    void aLifeCyclePolicyMayHaveCapitalLetters() {
        Map<String, String> policy = with("setup.ilm.policy.name", "30Days");
        policy.put("setup.ilm.policy", "{}");
        assertThat(errors(policy)).isEmpty();
        policy.put("setup.ilm.policy.name", "a/b");
        assertThat(errors(policy)).containsOnlyKeys("setup.ilm.policy.name");
    }

    @Test
    void monthsAndDaysMayHaveNames() {
        assertThat(errors(with("index", "{topic}-{date:yyyy-MMM-EEE}"))).isEmpty();
    }

    @Test
    void dataStreamsHaveTheNamesOfTheScheme() {
        Map<String, String> properties = with("data.stream.type", "LOGS");
        properties.put("data.stream.dataset", "nginx.access");
        SinkConfig config = SinkConfig.parse(properties);
        assertThat(config.target().index()).hasToString("logs-nginx.access-{topic}");
        assertThat(config.target().kind()).isEqualTo(TargetKind.DATA_STREAM);
        assertThat(config.document().shape().timed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "disabled, none, ANY",
        "INDEX, none, ANY",
        "alias_index, none, ALIAS",
        "datastream, none, DATA_STREAM",
        "ALIAS_DATASTREAM, none, DATA_STREAM_ALIAS",
        "disabled, logs, DATA_STREAM",
        "datastream, metrics, DATA_STREAM"
    })
    void theKindOfTargetsComesFromTheirUsageOrTheScheme(String usage, String type, TargetKind kind) {
        Map<String, String> properties = with("external.resource.usage", usage);
        properties.put("data.stream.type", type);
        if (!type.equals("none")) {
            properties.put("data.stream.dataset", "web");
        }
        assertThat(SinkConfig.parse(properties).target().kind()).isEqualTo(kind);
    }

    @Test
    void theConnectionIsTriedOnlyIfAllElseIsRight() {
        Function<ConnectionSettings, Optional<Finding>> away =
                connection -> Optional.of(new Finding("connection.url", "nobody there"));
        assertThat(messages(with("batch.size", "10"), away).get("connection.url"))
                .singleElement()
                .asString()
                .contains("nobody there")
                .contains("validate.connection=false");
        assertThat(messages(with("validate.connection", "false"), away)).isEmpty();
        assertThat(messages(with("schema.ignore", "false"), away)).containsOnlyKeys("schema.ignore");
    }

    @Test
    void secretsAreNeverShown() {
        Map<String, String> properties = with("connection.url", "http://me:hunter2@a:9200");
        assertThat(errors(properties).toString()).doesNotContain("hunter2").contains("holds credentials");
        assertThatThrownBy(() -> SinkConfig.parse(properties)).hasMessageNotContaining("hunter2");
        for (String url :
                List.of("http://me:hun#ter2@a:9200", "http://me:hun/ter2@a", "http://me:ter2 @a", "me:ter2@a")) {
            assertThat(errors(with("connection.url", url)).toString())
                    .doesNotContain("ter2")
                    .contains("connection.password");
        }
        assertThat(errors(with("connection.url", "http://me:12#ter2@a:9200")).toString())
                .doesNotContain("ter2");
        Map<String, String> password = with("connection.username", "me");
        password.put("connection.password", "hunter2");
        assertThat(SinkConfig.parse(password).toString()).doesNotContain("hunter2");
    }

    /** An at sign is legal in a path, and no credentials are before it. */
    @Test
    void aPathMayHoldAnAtSign() {
        Map<String, String> properties = with("connection.url", "https://balancer:9243/team@site");
        assertThat(errors(properties)).isEmpty();
        assertThat(SinkConfig.parse(properties).connection().urls())
                .containsExactly(URI.create("https://balancer:9243/team@site"));
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> properties = new HashMap<>(Map.of("connection.url", "http://localhost:9200"));
        properties.put(key, value);
        return properties;
    }

    private static Map<String, List<String>> errors(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("connection.url", "http://localhost:9200"));
        all.putAll(properties);
        return messages(all, connection -> Optional.empty());
    }

    private static Map<String, List<String>> messages(
            Map<String, String> properties, Function<ConnectionSettings, Optional<Finding>> check) {
        return SinkConfig.validate(properties, check).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
    }
}
