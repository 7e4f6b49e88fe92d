package io.tailrace.connect.elasticsearch.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.connect.elasticsearch.setup.SetupStep;
import io.tailrace.connect.elasticsearch.target.IndexNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What is put on the server before the first document; nothing unless asked for.
 *
 * @param steps in the order in which they need each other
 */
public record SetupSettings(List<SetupStep> steps) {

    /** Name of a life cycle policy. */
    public static final String POLICY_NAME = "setup.ilm.policy.name";
    /** Its JSON. */
    public static final String POLICY = "setup.ilm.policy";
    /** Name of an index template. */
    public static final String TEMPLATE_NAME = "setup.index.template.name";
    /** Its JSON. */
    public static final String TEMPLATE = "setup.index.template";
    /** Name of a data stream. */
    public static final String DATA_STREAM = "setup.data.stream";
    /** Whether they are replaced. */
    public static final String OVERWRITE = "setup.overwrite";

    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Keeps a copy. */
    public SetupSettings {
        steps = List.copyOf(steps);
    }

    static void define(ConfigDef def) {
        new Group(def, "Setup")
                .add(
                        POLICY_NAME,
                        ConfigDef.Type.STRING,
                        null,
                        policyName(),
                        Importance.LOW,
                        "Policy name",
                        "Name of an index life cycle policy of Elasticsearch that is put on the server before the first"
                                + " document. OpenSearch has other policies, which are not put by the sink.")
                .add(POLICY, ConfigDef.Type.STRING, null, json(), Importance.LOW, "Policy", "That policy, as JSON.")
                .add(
                        TEMPLATE_NAME,
                        ConfigDef.Type.STRING,
                        null,
                        name(),
                        Importance.LOW,
                        "Template name",
                        "Name of a composable index template that is put on the server before the first document.")
                .add(
                        TEMPLATE,
                        ConfigDef.Type.STRING,
                        null,
                        json(),
                        Importance.LOW,
                        "Template",
                        "That template, as JSON.")
                .add(
                        DATA_STREAM,
                        ConfigDef.Type.STRING,
                        null,
                        name(),
                        Importance.LOW,
                        "Data stream",
                        "Data stream that is made before the first document. A template for it must be there; without"
                                + " this, the first document makes it.")
                .add(
                        OVERWRITE,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        "Overwrite",
                        "Whether a policy and a template of that name that are there already are replaced.");
    }

    static SetupSettings of(AbstractConfig config) {
        boolean overwrite = config.getBoolean(OVERWRITE);
        List<SetupStep> steps = new ArrayList<>();
        if (Checks.isSet(config.getString(POLICY_NAME))) {
            String name = config.getString(POLICY_NAME);
            steps.add(new SetupStep(
                    "life cycle policy '" + name + "'", "/_ilm/policy/" + name, config.getString(POLICY), overwrite));
        }
        if (Checks.isSet(config.getString(TEMPLATE_NAME))) {
            String name = config.getString(TEMPLATE_NAME);
            steps.add(new SetupStep(
                    "index template '" + name + "'",
                    "/_index_template/" + name,
                    config.getString(TEMPLATE),
                    overwrite));
        }
        if (Checks.isSet(config.getString(DATA_STREAM))) {
            String name = config.getString(DATA_STREAM);
            // One that is there can't be put again.
            steps.add(new SetupStep("data stream '" + name + "'", "/_data_stream/" + name, null, false));
        }
        return new SetupSettings(steps);
    }

    static void check(AbstractConfig config, Problems problems) {
        together(config, problems, POLICY_NAME, POLICY);
        together(config, problems, TEMPLATE_NAME, TEMPLATE);
    }

    private static void together(AbstractConfig config, Problems problems, String one, String other) {
        boolean hasOne = Checks.isSet(config.getString(one));
        boolean hasOther = Checks.isSet(config.getString(other));
        if (hasOne && !hasOther) {
            problems.add(other, "is needed because " + one + " is set");
        } else if (hasOther && !hasOne) {
            problems.add(one, "is needed because " + other + " is set");
        }
    }

    private static ConfigDef.Validator name() {
        return Checks.text("a name", SetupSettings::checkName);
    }

    /** Like that of an index, but for capital letters. */
    private static ConfigDef.Validator policyName() {
        return Checks.text("a name", text -> checkName(text.toLowerCase(Locale.ROOT)));
    }

    private static void checkName(String text) {
        IndexNames.problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    private static ConfigDef.Validator json() {
        return Checks.text("a JSON object", text -> {
            try {
                if (!STRICT.readTree(text).isObject()) {
                    throw new IllegalArgumentException("must be a JSON object");
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
            }
        });
    }
}
