package dev.jiggety.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of one benchmark: machine, parameters and figures, each held against its goal. Not
 * thread-safe.
 */
public final class BenchReport {
  private final String bench;
  private final JsonObject parameters = new JsonObject();
  private final JsonArray figures = new JsonArray();
  private final JsonObject goals;
  private boolean met = true;

  /** An empty report of the benchmark with this name, as goals.json knows it. */
  public BenchReport(String bench) {
    this.bench = bench;
    this.goals = goals(bench);
  }

  /** Notes how the benchmark was set. */
  public BenchReport parameter(String name, Number value) {
    parameters.addProperty(name, value);
    return this;
  }

  /** Notes how the benchmark was set. */
  public BenchReport parameter(String name, String value) {
    parameters.addProperty(name, value);
    return this;
  }

  /** A whole number, as {@link #figure(String, double, String)} takes any. */
  public BenchReport figure(String name, long value, String unit) {
    return figure(name, (double) value, unit);
  }

  /**
   * Adds a figure, to four significant digits, and compares it with its goal where there is one.
   *
   * @param unit of the value: {@code ms}, {@code 1/s}, {@code count} …
   */
  public BenchReport figure(String name, double value, String unit) {
    JsonObject figure = new JsonObject();
    figure.addProperty("name", name);
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
    figure.addProperty("value", rounded.scale() < 0 ? rounded.setScale(0) : rounded);
    figure.addProperty("unit", unit);
    if (goals.has(name)) {
      String goal = goals.get(name).getAsString();
      boolean isMet = isMet(value, goal);
      figure.addProperty("goal", goal);
      figure.addProperty("met", isMet);
      met &= isMet;
    }
    figures.add(figure);
    return this;
  }

  /**
   * Notes that a figure could not be measured, and why. A goal that it has is neither met nor not.
   */
  public BenchReport notMeasured(String name, String reason) {
    JsonObject figure = new JsonObject();
    figure.addProperty("name", name);
    figure.add("value", JsonNull.INSTANCE);
    figure.addProperty("reason", reason);
    if (goals.has(name)) {
      figure.add("goal", goals.get(name));
    }
    figures.add(figure);
    return this;
  }

  /** A figure that was added; empty where there is none, or no value to it. */
  public Optional<Double> value(String name) {
    return figures.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(figure -> figure.get("name").getAsString().equals(name))
        .filter(figure -> !figure.get("value").isJsonNull())
        .map(figure -> figure.get("value").getAsDouble())
        .findFirst();
  }

  /** Whether every figure that has a goal and was measured meets it. */
  public boolean isMet() {
    return met;
  }

  /** The figures as lines for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (JsonElement element : figures) {
      JsonObject figure = element.getAsJsonObject();
      lines.add(figure.get("name").getAsString() + ": " + value(figure));
    }
    return lines;
  }

  private static String value(JsonObject figure) {
    if (figure.get("value").isJsonNull()) {
      return "not measured: " + figure.get("reason").getAsString();
    }
    String goal =
        figure.has("goal")
            ? "  (goal "
                + figure.get("goal").getAsString()
                + (figure.get("met").getAsBoolean() ? ", met)" : ", NOT met)")
            : "";
    return figure.get("value").getAsBigDecimal().toPlainString()
        + " "
        + figure.get("unit").getAsString()
        + goal;
  }

  /** The report as one object. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("bench", bench);
    json.add("machine", machine());
    json.add("parameters", parameters);
    json.add("figures", figures);
    return json;
  }

  private static boolean isMet(double value, String goal) {
    double limit = Double.parseDouble(goal.substring(2).strip());
    return goal.startsWith("<=") ? value <= limit : value >= limit;
  }

  private static JsonObject goals(String bench) {
    try (InputStream in =
        Objects.requireNonNull(BenchReport.class.getResourceAsStream("goals.json"))) {
      JsonObject all =
          JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .getAsJsonObject();
      return all.has(bench) ? all.getAsJsonObject(bench) : new JsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject machine() {
    JsonObject machine = new JsonObject();
    machine.addProperty("cpu", Objects.requireNonNullElse(cpu(), System.getProperty("os.arch")));
    machine.addProperty("cores", Runtime.getRuntime().availableProcessors());
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean os) {
      machine.addProperty("memoryMiB", os.getTotalMemorySize() >> 20);
      machine.addProperty("load", os.getSystemLoadAverage());
    }
    machine.addProperty(
        "os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.addProperty("jdk", Runtime.version().toString());
    return machine;
  }

  private static @Nullable String cpu() {
    Path info = Path.of("/proc/cpuinfo");
    try (var lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(null);
    } catch (IOException | UncheckedIOException e) {
      return null; // not Linux: the architecture must do
    }
  }
}
