package dev.jiggety.agent.worker;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Secret;
import dev.jiggety.document.SampleJson;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What agent and worker say to each other. Tests and samples stand in messages as they do in
 * documents. Readers throw some {@link RuntimeException} at what does not read.
 */
final class Messages {
  /** The name of the field that says what a message is. */
  private static final String IS = "is";

  static final String SETTINGS = "settings";
  static final String MEASURE = "measure";
  static final String EXAMINE = "examine";

  static final String READY = "ready";
  static final String ALIVE = "alive";
  static final String SAMPLE = "sample";
  static final String BROKE = "broke";
  static final String NO_MEMORY = "no-memory";
  static final String ENGINES = "engines";

  private Messages() {}

  static String kind(JsonObject message) {
    return message.get(IS).getAsString();
  }

  static JsonObject of(String kind) {
    JsonObject message = new JsonObject();
    message.addProperty(IS, kind);
    return message;
  }

  /** The first message: system properties that the child should have as well. */
  static JsonObject settings(Map<String, String> properties) {
    JsonObject message = of(SETTINGS);
    message.add("properties", texts(properties));
    return message;
  }

  static Map<String, String> properties(JsonObject settings) {
    return texts(settings.getAsJsonObject("properties"));
  }

  static JsonObject measure(Probe.Request request) {
    TestDefinition test =
        TestDefinition.builder("isolated", request.check())
            .timeout(request.timeout())
            .assertions(request.assertions())
            .build();
    Map<String, String> secrets = new TreeMap<>();
    request.secrets().forEach((name, secret) -> secrets.put(name, secret.reveal()));
    JsonObject message = of(MEASURE);
    message.add("test", TestDocument.TYPE.write(test));
    message.add("secrets", texts(secrets));
    return message;
  }

  static Probe.Request request(JsonObject measure) {
    TestDefinition test = TestDocument.TYPE.read(measure.getAsJsonObject("test"));
    Map<String, Secret> secrets = new HashMap<>();
    texts(measure.getAsJsonObject("secrets"))
        .forEach((name, text) -> secrets.put(name, Secret.of(text)));
    return new Probe.Request(test.check(), test.timeout(), test.assertions(), secrets);
  }

  static JsonObject sample(Sample sample) {
    JsonObject message = of(SAMPLE);
    message.add("sample", SampleJson.write(sample));
    return message;
  }

  static Sample readSample(JsonObject message) {
    return SampleJson.read(message.getAsJsonObject("sample"));
  }

  /** What a probe threw. */
  static JsonObject broke(Throwable thrown) {
    JsonObject message = of(BROKE);
    message.addProperty("name", thrown.getClass().getSimpleName());
    return message;
  }

  static String brokeName(JsonObject broke) {
    String name = broke.get("name").getAsString();
    return name.length() > 100 ? name.substring(0, 100) : name;
  }

  /**
   * How a worker fares in the middle of a measurement.
   *
   * @param standstill how long it stood still so far
   * @param collecting how long it collected garbage so far, in that time or another
   * @param heapUsed in bytes, garbage included
   */
  record Pulse(Duration standstill, Duration collecting, long heapUsed) {}

  static JsonObject alive(Pulse pulse) {
    JsonObject message = of(ALIVE);
    message.addProperty("standstill", pulse.standstill().toNanos());
    message.addProperty("collecting", pulse.collecting().toNanos());
    message.addProperty("heap", pulse.heapUsed());
    return message;
  }

  static Pulse pulse(JsonObject alive) {
    return new Pulse(
        Duration.ofNanos(alive.get("standstill").getAsLong()),
        Duration.ofNanos(alive.get("collecting").getAsLong()),
        alive.get("heap").getAsLong());
  }

  /** A worker waits for the next measurement. */
  static JsonObject ready(boolean worn) {
    JsonObject message = of(READY);
    message.addProperty("worn", worn);
    return message;
  }

  /** Whether it had better be replaced: much of its memory stays in use. */
  static boolean isWorn(JsonObject ready) {
    return ready.get("worn").getAsBoolean();
  }

  /** By the name of each browser engine, why it cannot be used; an empty text where it can. */
  static JsonObject engines(Map<String, String> missing) {
    JsonObject message = of(ENGINES);
    message.add("missing", texts(missing));
    return message;
  }

  static Map<String, String> missing(JsonObject engines) {
    return texts(engines.getAsJsonObject("missing"));
  }

  private static JsonObject texts(Map<String, String> texts) {
    JsonObject json = new JsonObject();
    texts.forEach(json::addProperty);
    return json;
  }

  private static Map<String, String> texts(JsonObject json) {
    Map<String, String> texts = new TreeMap<>();
    json.entrySet().forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
    return texts;
  }
}
