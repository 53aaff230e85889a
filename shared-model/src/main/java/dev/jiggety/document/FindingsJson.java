package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Findings;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a sample that tell more than its times; those that would be empty are left out. */
final class FindingsJson {
  private FindingsJson() {}

  static void write(JsonObject sample, Findings findings) {
    if (!findings.steps().isEmpty()) {
      JsonArray steps = new JsonArray();
      findings.steps().forEach(step -> steps.add(write(step)));
      sample.add("steps", steps);
    }
    if (!findings.chunks().isEmpty()) {
      JsonArray chunks = new JsonArray();
      for (Findings.Chunk chunk : findings.chunks()) {
        JsonArray point = new JsonArray();
        point.add(SampleJson.micros(chunk.at()));
        point.add(chunk.bytes());
        chunks.add(point);
      }
      sample.add("chunks", chunks);
    }
    if (findings.page() != null) {
      sample.add("page", write(findings.page()));
    }
    if (findings.evidence() != null) {
      sample.add("evidence", write(findings.evidence()));
    }
    if (findings.certificateEnds() != null) {
      sample.addProperty("certificate", findings.certificateEnds().toEpochMilli());
    }
  }

  static Findings read(Fields sample) {
    List<Step> steps = sample.objects("steps").stream().map(FindingsJson::step).toList();
    List<Findings.Chunk> chunks = chunks(sample);
    PageLoad page = sample.has("page") ? page(sample.object("page")) : null;
    Evidence evidence = sample.has("evidence") ? evidence(sample.object("evidence")) : null;
    Instant ends = sample.has("certificate") ? SampleJson.instant(sample, "certificate") : null;
    boolean nothing =
        steps.isEmpty() && chunks.isEmpty() && page == null && evidence == null && ends == null;
    return nothing ? Findings.NONE : new Findings(steps, chunks, page, evidence, ends);
  }

  private static JsonObject write(Step step) {
    JsonObject json = new JsonObject();
    json.addProperty("name", step.name());
    if (step.line() != 0) {
      json.addProperty("line", step.line());
    }
    json.addProperty("start", SampleJson.micros(step.offset()));
    json.addProperty("total", SampleJson.micros(step.total()));
    if (!step.phases().equals(Phases.NONE)) {
      json.add("phases", SampleJson.write(step.phases()));
    }
    if (step.failure() != null) {
      json.add("error", SampleJson.write(step.failure()));
    }
    if (!step.output().isEmpty()) {
      json.addProperty("output", step.output());
    }
    return json;
  }

  private static Step step(Fields step) {
    return new Step(
        step.text("name"),
        step.smallNumber("line", 0),
        SampleJson.duration(step, "start"),
        SampleJson.duration(step, "total"),
        step.has("phases") ? SampleJson.phases(step) : Phases.NONE,
        step.has("error") ? SampleJson.failure(step.object("error")) : null,
        step.text("output", ""));
  }

  private static List<Findings.Chunk> chunks(Fields sample) {
    List<Findings.Chunk> chunks = new ArrayList<>();
    for (var element : sample.array("chunks")) {
      long at = Long.MIN_VALUE;
      long bytes = Long.MIN_VALUE;
      if (element instanceof JsonArray point && point.size() == 2) {
        at = SampleJson.wholeNumber(point.get(0));
        bytes = SampleJson.wholeNumber(point.get(1));
      }
      if (at < 0 || bytes < 0) {
        sample.report("chunks", "must be pairs of microseconds and bytes");
        return List.of();
      }
      chunks.add(new Findings.Chunk(Duration.of(at, ChronoUnit.MICROS), bytes));
    }
    return chunks;
  }

  private static JsonObject write(PageLoad page) {
    JsonObject json = new JsonObject();
    json.addProperty("engine", page.engine());
    JsonObject milestones = new JsonObject();
    page.milestones()
        .forEach((name, time) -> milestones.addProperty(name, SampleJson.micros(time)));
    json.add("milestones", milestones);
    json.addProperty("requests", page.requests());
    json.addProperty("bytes", page.bytes());
    if (!page.resources().isEmpty()) {
      JsonArray resources = new JsonArray();
      page.resources().forEach(resource -> resources.add(write(resource)));
      json.add("resources", resources);
    }
    if (page.consoleErrors() != 0) {
      json.addProperty("console-errors", page.consoleErrors());
    }
    if (page.networkErrors() != 0) {
      json.addProperty("network-errors", page.networkErrors());
    }
    writeTexts(json, "messages", page.messages());
    return json;
  }

  private static PageLoad page(Fields page) {
    Map<String, Duration> milestones = new TreeMap<>();
    Fields times = page.object("milestones");
    times.names().forEach(name -> milestones.put(name, SampleJson.duration(times, name)));
    return new PageLoad(
        page.text("engine"),
        milestones,
        page.smallNumber("requests", 0),
        page.number("bytes", 0),
        page.objects("resources").stream().map(FindingsJson::resource).toList(),
        page.smallNumber("console-errors", 0),
        page.smallNumber("network-errors", 0),
        List.copyOf(page.texts("messages")));
  }

  private static JsonObject write(PageLoad.Resource resource) {
    JsonObject json = new JsonObject();
    json.addProperty("url", resource.url());
    json.addProperty("type", resource.type());
    if (resource.status() != 0) {
      json.addProperty("status", resource.status());
    }
    json.addProperty("bytes", resource.bytes());
    json.addProperty("start", SampleJson.micros(resource.start()));
    json.addProperty("total", SampleJson.micros(resource.duration()));
    if (resource.failed()) {
      json.addProperty("failed", true);
    }
    return json;
  }

  private static PageLoad.Resource resource(Fields resource) {
    return new PageLoad.Resource(
        resource.text("url"),
        resource.text("type"),
        resource.smallNumber("status", 0),
        resource.number("bytes", 0),
        SampleJson.duration(resource, "start"),
        SampleJson.duration(resource, "total"),
        resource.flag("failed", false));
  }

  private static JsonObject write(Evidence evidence) {
    JsonObject json = new JsonObject();
    json.addProperty("url", evidence.url());
    if (evidence.status() != 0) {
      json.addProperty("status", evidence.status());
    }
    if (!evidence.headers().isEmpty()) {
      JsonArray headers = new JsonArray();
      for (Header header : evidence.headers()) {
        JsonObject item = new JsonObject();
        item.addProperty("name", header.name());
        item.addProperty("value", header.value());
        headers.add(item);
      }
      json.add("headers", headers);
    }
    if (!evidence.body().isEmpty()) {
      json.addProperty("body", evidence.body());
    }
    writeTexts(json, "forms", evidence.forms());
    writeTexts(json, "links", evidence.links());
    Picture picture = evidence.picture();
    if (picture != null) {
      JsonObject item = new JsonObject();
      item.addProperty("name", picture.name());
      item.addProperty("type", picture.mediaType());
      if (!picture.base64().isEmpty()) {
        item.addProperty("data", picture.base64());
      }
      json.add("picture", item);
    }
    writeTexts(json, "left-out", evidence.leftOut());
    return json;
  }

  private static Evidence evidence(Fields evidence) {
    return new Evidence(
        evidence.text("url", ""),
        evidence.smallNumber("status", 0),
        evidence.objects("headers").stream()
            .map(header -> new Header(header.text("name"), header.text("value")))
            .toList(),
        evidence.text("body", ""),
        List.copyOf(evidence.texts("forms")),
        List.copyOf(evidence.texts("links")),
        picture(evidence),
        List.copyOf(evidence.texts("left-out")));
  }

  private static @Nullable Picture picture(Fields evidence) {
    if (!evidence.has("picture")) {
      return null;
    }
    Fields picture = evidence.object("picture");
    return new Picture(picture.text("type"), picture.text("data", ""), picture.text("name"));
  }

  private static void writeTexts(JsonObject owner, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      JsonArray array = new JsonArray();
      texts.forEach(array::add);
      owner.add(name, array);
    }
  }
}
