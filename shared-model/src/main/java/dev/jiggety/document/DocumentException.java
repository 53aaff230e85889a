package dev.jiggety.document;

import dev.jiggety.base.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A document that cannot be read as what it says it is; carries every problem, not just one. */
public final class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  public DocumentException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, place by place; never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
