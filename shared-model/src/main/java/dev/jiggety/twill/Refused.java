package dev.jiggety.twill;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Commands of twill that are not here, each with the reason and what to do instead. */
public enum Refused {
  PYTHON("run", "runs Python, which the agent does not have; use commands of the language"),
  EXTENSIONS("extend_with", "loads Python; twill's extensions are built in, delete the line"),
  SCRIPTS("run_file runfile rf", "reads a file of the node; write its lines into this script"),
  INPUT(
      "get_input getinput",
      "asks a person and nobody is there; set the variable in the test instead"),
  PASSWORDS(
      "get_password getpassword",
      "asks a person and nobody is there; write ${secret.NAME} instead"),
  COOKIE_FILES(
      "save_cookies load_cookies",
      "keeps cookies in a file of the node; each sample begins without any, so log in in the script"),
  FILES(
      "save_html redirect_output redirect_error",
      "writes a file of the node; show_html shows the page, and a failure brings its evidence"),
  OUTPUT(
      "reset_output reset_error", "ends what redirect_output began, which is not here; delete it"),
  DEBUG("debug", "traces; a failure brings its evidence instead, delete the line"),
  TIDY("tidy_ok", "needs HTML Tidy, which the agent does not have; assert with find or not_find"),
  ARGUMENTS("get_args", "reads a command line; set variables in the test instead"),
  ROWS("csv_iterate", "reads a file of the node; write one test for each row"),
  FOLDERS("chdir popd", "changes the folder of the node; no command reads files, delete the line"),
  MAILMAN(
      "discard_all_messages exit_if_empty",
      "belongs to Mailman's pages; use form_value and submit instead");

  @SuppressWarnings("ImmutableEnumChecker") // it is one by List.of
  private final List<String> names;

  private final String reason;

  Refused(String names, String reason) {
    this.names = List.of(names.split(" ", -1));
    this.reason = reason;
  }

  /** The row of a command. */
  public static Optional<Refused> named(String name) {
    return Arrays.stream(values()).filter(row -> row.names.contains(name)).findAny();
  }

  /** The commands. */
  public List<String> names() {
    return names;
  }

  /** Why, and what to do instead; the end of a sentence that begins with the command. */
  public String reason() {
    return reason;
  }
}
