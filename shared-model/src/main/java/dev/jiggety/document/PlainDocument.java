package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import java.util.List;

/**
 * A document of the configuration that people write in files as well: beside the tests, under its
 * type as the one top-level field, like {@code channel:}.
 *
 * @param <T> the value
 */
public interface PlainDocument<T> extends DocumentType<T> {

  /**
   * Reads what a person wrote: without {@code _id}, {@code type} and {@code schema}, and every
   * field that is not known is an error, since it is a slip of the pen.
   *
   * @throws DocumentException with all problems and their places
   */
  T readStrictly(JsonObject written);

  /** The fields as a person would write them; what is at its default is left out. */
  JsonObject writePlain(T value);

  /** What is wrong with a value, place by place in the words of its document. */
  List<Problem> problems(T value);
}
