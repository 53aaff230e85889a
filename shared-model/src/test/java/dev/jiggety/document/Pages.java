package dev.jiggety.document;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The pages in docs/documents. */
public final class Pages {
  private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  private Pages() {}

  /** The documents that stand on the page of that type. */
  public static List<JsonObject> examples(String type) throws IOException {
    return JSON.matcher(text(type))
        .results()
        .map(found -> JsonParser.parseString(found.group(1)).getAsJsonObject())
        .toList();
  }

  /** The page of that type. */
  public static String text(String type) throws IOException {
    Path page = Path.of("docs", "documents", type + ".md");
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve(page))) {
        return Files.readString(up.resolve(page));
      }
    }
    throw new AssertionError("no " + page + " in this or any folder above");
  }
}
