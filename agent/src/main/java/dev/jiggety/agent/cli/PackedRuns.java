package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Point;
import dev.jiggety.repository.HistoryRepository.NodePoint;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints single samples as the history knows them: of any age, without texts and evidence. */
final class PackedRuns {
  private final PrintWriter out;
  private final Form form;
  private boolean isFirst = true;

  /** How they look. */
  enum Form {
    TEXT,
    CSV,
    JSON
  }

  PackedRuns(PrintWriter out, Form form) {
    this.out = out;
    this.form = form;
    if (form == Form.CSV) {
      out.print("began,node,test,verdict,milliseconds,status,error\r\n");
    }
  }

  void print(String test, NodePoint sample) {
    Point point = sample.point();
    ErrorKind kind = point.error();
    String error = kind == null ? "" : kind.label();
    String millis = String.format(Locale.ROOT, "%.1f", point.total().toNanos() / 1e6);
    switch (form) {
      case TEXT ->
          out.println(
              String.join(
                      "  ",
                      point.startedAt().toString(),
                      sample.node(),
                      test,
                      point.verdict().label(),
                      millis + " ms",
                      error)
                  .stripTrailing());
      case CSV ->
          out.print(
              String.join(
                      ",",
                      point.startedAt().toString(),
                      sample.node(),
                      test,
                      point.verdict().label(),
                      millis,
                      String.valueOf(point.status()),
                      error)
                  + "\r\n");
      case JSON -> {
        out.print((isFirst ? "[\n" : ",\n") + json(test, sample));
        isFirst = false;
      }
    }
  }

  void end() {
    if (form == Form.JSON) {
      out.println(isFirst ? "[]" : "\n]");
    }
    out.flush();
  }

  private static JsonObject json(String test, NodePoint sample) {
    Point point = sample.point();
    JsonObject line = new JsonObject();
    line.addProperty("node", sample.node());
    line.addProperty("test", test);
    line.addProperty("planned", point.plannedAt().toEpochMilli());
    line.addProperty("at", point.startedAt().toEpochMilli());
    line.addProperty("verdict", point.verdict().label());
    line.addProperty("total", point.total().toNanos() / 1000);
    point
        .phases()
        .happened()
        .forEach((phase, time) -> line.addProperty(phase.label(), time.toNanos() / 1000));
    line.addProperty("status", point.status());
    ErrorKind kind = point.error();
    if (kind != null) {
      line.addProperty("error", kind.label());
    }
    return line;
  }
}
