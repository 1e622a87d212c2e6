import type {HostReport, PortResult} from '@halfopen/model';
import {textPerPortResult} from '../host/per-port-result.ts';
import {inOnePiece} from '../text/in-one-piece.ts';
import type {LineSubject} from './port-lines.ts';

/** A plain word, a number, or text that is escaped already; a missing value is empty. */
export type Cell = string | number | undefined;

/** What a column shows: something of the port, of its host, or of both. */
export type Column =
	| {readonly of: 'port'; readonly cell: (result: PortResult) => Cell; readonly hostCell?: HostCell}
	| {readonly of: 'host'; readonly cell: (subject: LineSubject) => Cell}
	| {readonly of: 'both'; readonly cell: (result: PortResult, subject: LineSubject) => Cell};

/** What a column shows in the row of a host whose ports were not scanned; nothing without it. */
type HostCell = (report: HostReport) => Cell;

/** The row of a host whose ports were not scanned. */
export const csvHostRow = (columns: readonly Column[], report: HostReport): string => {
	const subject = {address: report.address, at: report.endedAt, host: report};
	const cells = columns.map(column =>
		column.of === 'host'
			? column.cell(subject)
			: column.of === 'port'
				? column.hostCell?.(report)
				: undefined,
	);
	return `${cells.join(',')}\n`;
};

/**
 * Makes what writes the rows of a host. What neighbouring columns say of the host is written once for all of its
 * ports; what they say of a port is kept for other hosts.
 */
export const csvRows = (
	columns: readonly Column[],
): ((subject: LineSubject) => (result: PortResult) => string) => {
	const pieces = joinNeighbours(columns).map((column, index) => pieceOf(column, index === 0 ? '' : ','));
	return subject => {
		const parts = pieces.map(piece => piece(subject));
		return result => {
			let row = '';
			for (const part of parts) {
				row += typeof part === 'string' ? part : part(result);
			}

			return `${row}\n`;
		};
	};
};

const joinNeighbours = (columns: readonly Column[]): Column[] => {
	const joined: Column[] = [];
	for (const column of columns) {
		const last = joined.at(-1);
		const both = last && joinedColumn(last, column);
		if (both === undefined) {
			joined.push(column);
		} else {
			joined.splice(-1, 1, both);
		}
	}

	return joined;
};

/** `undefined` for columns of different kinds. */
const joinedColumn = (left: Column, right: Column): Column | undefined => {
	if (left.of === 'port' && right.of === 'port') {
		return {of: 'port', cell: result => `${left.cell(result) ?? ''},${right.cell(result) ?? ''}`};
	}

	if (left.of === 'host' && right.of === 'host') {
		return {of: 'host', cell: subject => `${left.cell(subject) ?? ''},${right.cell(subject) ?? ''}`};
	}

	return undefined;
};

/** What a column writes into the rows of a host: the same in all of them, or by port. */
type Piece = (subject: LineSubject) => string | ((result: PortResult) => string);

const pieceOf = (column: Column, separator: string): Piece => {
	if (column.of === 'host') {
		return subject => inOnePiece(`${separator}${column.cell(subject) ?? ''}`);
	}

	if (column.of === 'port') {
		const text = textPerPortResult(result => `${separator}${column.cell(result) ?? ''}`);
		return () => text;
	}

	return subject => result => `${separator}${column.cell(result, subject) ?? ''}`;
};
