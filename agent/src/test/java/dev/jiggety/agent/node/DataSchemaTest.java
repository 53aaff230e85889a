package dev.jiggety.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.release.DataSchema;
import dev.jiggety.agent.store.sql.Sql;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a node keeps only ever gets more: the version before has to start with it after a fall-back.
 * The files of each schema so far stand in schema-N.txt. After an addition, raise the number in
 * {@link DataSchema} and put what this test found into the file of that number.
 */
class DataSchemaTest {
  @TempDir Path folder;

  @Test
  void nothingOfAnEarlierSchemaIsGoneOrChanged() throws Exception {
    List<String> now = made();
    for (int schema = DataSchema.OWN.leaves(); schema <= DataSchema.OWN.schema(); schema++) {
      assertThat(now).as("of schema " + schema).containsAll(known(schema));
    }
  }

  @Test
  void whatIsNewHasANumberOfItsOwn() throws Exception {
    assertThat(made())
        .as("tables and columns; an addition needs a higher DataSchema.OWN.schema()")
        .containsExactlyElementsOf(known(DataSchema.OWN.schema()));
  }

  @Test
  void anOlderProgramCanWriteWhatItDoesNotKnowAllOf() throws Exception {
    List<String> first = known(DataSchema.OWN.leaves());
    TreeSet<String> tables = new TreeSet<>();
    first.forEach(line -> tables.add(table(line)));
    assertThat(made())
        .filteredOn(line -> tables.contains(table(line)) && !first.contains(line))
        .as("new columns in old tables")
        .allMatch(line -> !line.contains(" required"));
  }

  private static String table(String line) {
    return line.substring(0, line.lastIndexOf('.'));
  }

  /** The tables and columns of all files of a new node. */
  private List<String> made() throws IOException, SQLException {
    Path data = folder.resolve("node");
    if (!Files.exists(data)) {
      HubAddress nobody = HubAddress.parse("http://127.0.0.1:" + Ports.free(), Optional.empty());
      TestingNode.start(NodeConfig.of("n1", nobody, data)).close();
    }
    List<String> lines = new ArrayList<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : (Iterable<Path>) all.sorted()::iterator) {
        String name = data.relativize(file).toString();
        if (Files.isRegularFile(file) && isDatabase(file)) {
          lines.addAll(columns(name.startsWith("databases") ? "databases" : name, file));
        }
      }
    }
    return lines.stream().distinct().sorted().toList();
  }

  private static boolean isDatabase(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(6), StandardCharsets.US_ASCII).equals("SQLite");
    }
  }

  private static List<String> columns(String name, Path file) throws SQLException {
    try (Sql sql = Sql.openToRead(file, 256)) {
      return sql.list(
          "SELECT m.name, c.name, c.type, c.\"notnull\", c.dflt_value IS NULL, c.pk FROM"
              + " sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name"
              + " NOT LIKE 'sqlite_%'",
          row ->
              "%s %s.%s %s%s%s"
                  .formatted(
                      name,
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      row.getInt(6) > 0 ? " key" + row.getInt(6) : "",
                      row.getInt(4) > 0 && row.getInt(5) > 0 ? " required" : ""));
    }
  }

  private static List<String> known(int schema) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            DataSchemaTest.class.getResourceAsStream("schema-" + schema + ".txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
