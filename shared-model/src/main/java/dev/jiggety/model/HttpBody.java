package dev.jiggety.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request sends, with the media type that goes with it unless a header names another. */
public sealed interface HttpBody {
  /** No body. */
  HttpBody NONE = new None();

  /** No body. */
  record None() implements HttpBody {}

  /** Text in UTF-8, without a media type of its own. */
  record Text(String text) implements HttpBody {}

  /** JSON as text: {@code application/json}. */
  record Json(String json) implements HttpBody {}

  /** Fields: {@code application/x-www-form-urlencoded}. */
  record Form(List<Field> fields) implements HttpBody {
    public Form {
      fields = List.copyOf(fields);
    }
  }

  /** Parts, files among them: {@code multipart/form-data}. */
  record Multipart(List<Part> parts) implements HttpBody {
    public Multipart {
      parts = List.copyOf(parts);
    }
  }

  /** A field of a form. */
  record Field(String name, String value) {}

  /**
   * A part of a multipart body. Its content travels with the test: a node has no files of its own
   * that a test could rely on.
   *
   * @param name the field's
   * @param fileName null for a plain field
   * @param mediaType null for the one that belongs to the file's name
   * @param content text, or base64 where {@code binary}
   */
  record Part(
      String name,
      @Nullable String fileName,
      @Nullable String mediaType,
      String content,
      boolean binary) {}
}
