/**
 * The target specifications of a file: between blanks, tabs, line ends and NULs, with `#` for a comment up to the
 * end of the line.
 */
export const targetWords = (content: string): string[] =>
	content
		.replaceAll(/#[^\r\n]*/g, '')
		.split(/[\s\0]+/)
		.filter(word => word !== '');
