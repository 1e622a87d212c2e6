import {
	csvFormat,
	grepableFormat,
	jsonFormat,
	listFormat,
	ndjsonFormat,
	normalFormat,
	xmlFormat,
	type NamedServices,
	type NamedVendors,
	type ReportFormat,
} from '@halfopen/output';
import {withOption} from '../options/option-error.ts';
import type {Settings} from '../options/settings.ts';

/** What a report follows from. */
export type ReportSettings = Settings & NamedServices & NamedVendors;

/** A report that is wanted in a file. */
export interface WantedReport {
	/** How errors name it. */
	readonly option: string;
	/** As typed: with letters behind `%`, or `-`. */
	readonly name: string;
	readonly makeFormat: () => ReportFormat;
	/** Text for people: what is told between hosts goes there too. */
	readonly isPage: boolean;
}

/** All reports that the settings ask for. */
export const wantedReports = (settings: ReportSettings): WantedReport[] =>
	REPORTS.flatMap(({option, nameIn, ending, make}) => {
		const makeFormat = (): ReportFormat => make(settings);
		const {allFiles} = settings;
		const name = nameIn(settings);
		const isPage = option === '-oN';
		return [
			...(name === undefined ? [] : [{option, name, makeFormat, isPage}]),
			...(allFiles === undefined || ending === undefined
				? []
				: [{option: '-oA', name: `${allFiles}${ending}`, makeFormat, isPage}]),
		];
	});

interface ReportKind {
	readonly option: string;
	readonly nameIn: (settings: Settings) => string | undefined;
	/** What -oA puts behind the name, for those that it writes. */
	readonly ending?: string;
	readonly make: (settings: ReportSettings) => ReportFormat;
}

const REPORTS: readonly ReportKind[] = [
	{
		option: '-oN',
		nameIn: ({normalFile}) => normalFile,
		ending: '.nmap',
		make: settings => normalReport(settings, true),
	},
	{
		option: '-oX',
		nameIn: ({xmlFile}) => xmlFile,
		ending: '.xml',
		make: ({stylesheet, ...settings}) =>
			xmlFormat({...settings, ...(typeof stylesheet === 'string' && {stylesheet})}),
	},
	{option: '-oG', nameIn: ({grepableFile}) => grepableFile, ending: '.gnmap', make: grepableFormat},
	{option: '-oD', nameIn: ({ndjsonFile}) => ndjsonFile, make: ndjsonFormat},
	{option: '-oJ', nameIn: ({jsonFile}) => jsonFile, make: jsonFormat},
	{option: '-oL', nameIn: ({listFile}) => listFile, make: listFormat},
	{
		option: '-oC',
		nameIn: ({csvFile}) => csvFile,
		make: ({csvFields, ...settings}) => {
			try {
				return csvFormat({...settings, ...(csvFields !== undefined && {fields: csvFields})});
			} catch (error) {
				throw withOption('--fields', error);
			}
		},
	},
];

/** The normal format, for the screen or for a file. */
export const normalReport = (settings: ReportSettings, toFile: boolean): ReportFormat => {
	const {verbosity, debugging} = settings;
	const reasons = settings.reasons || verbosity > 1 || debugging > 0;
	return normalFormat({...settings, reasons, toFile});
};
