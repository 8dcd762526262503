// CSV libraries, from text; making text of the bytes is not counted.
import { csvParseRows } from "/built/bundles/d3.js";
import Papa from "/built/bundles/papa.js";
import { inferSchema, initParser } from "/built/bundles/udsv.js";
import { columnSums } from "../page/reference.js";

function papaStep(text, room) {
  let k = 0;
  let header = true;
  const step = ({ data }) => {
    if (!header) for (const field of data) room[k++] = +field;
    header = false;
  };
  Papa.parse(text, { skipEmptyLines: true, step });
  return room.subarray(0, k);
}

function d3Rows(text, room) {
  let k = 0;
  csvParseRows(text, (fields, row) => {
    if (row > 0) for (const field of fields) room[k++] = +field;
  });
  return room.subarray(0, k);
}

export function make(_, { text, x, columns }) {
  const room = () => new Float64Array(Math.ceil(x.length / 4));
  const sums = (values) => columnSums(values, columns);
  const rows = (values) => columnSums(values.flat(), columns);
  const typed = { skipEmptyLines: true, dynamicTyping: true };
  const udsv = () => initParser(inferSchema(text));
  return [
    { name: "papaparse, typed", run: () => Papa.parse(text, typed).data, result: (all) => rows(all.slice(1)) },
    { name: "papaparse, step", run: () => papaStep(text, room()), result: sums },
    { name: "d3-dsv, rows", run: () => d3Rows(text, room()), result: sums },
    { name: "uDSV, typed rows", run: () => udsv().typedArrs(text), result: rows },
    {
      name: "uDSV, typed columns",
      run: () => udsv().typedCols(text),
      result: (all) => Float64Array.of(...all.map((column) => column.reduce((a, b) => a + b, 0)), all[0].length),
    },
  ];
}
