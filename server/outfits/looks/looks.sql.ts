export interface LookRow {
  readonly id: string;
  readonly name: string | null;
  readonly source: 'api' | 'feed' | 'studio';
  /** How many items it was given. */
  readonly itemCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
